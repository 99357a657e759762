// The use cases of authors and reviewers.
#pragma once
#include "knowledge/app/ports.hpp"
#include "knowledge/domain/compare.hpp"

namespace trunkline::knowledge {

// Safe from any thread; blocks on the store.
class EditingDesk {
 public:
    EditingDesk(ArticleStore& store, const Clock& clock, IdGenerator& ids) : store_(store), clock_(clock), ids_(ids) {}

    Result<Article> Create(const std::string& actor, const std::string& request_id, const Content& content);
    Result<Article> Save(const std::string& actor, const std::string& request_id, const Article& wanted);
    Result<Article> Submit(const std::string& actor, const std::string& id);
    Result<Article> Review(const std::string& actor, const std::string& id, bool publish, const std::string& note);
    Result<Article> Withdraw(const std::string& actor, const std::string& id);
    // Titles, summaries and bodies of two versions.
    Result<std::vector<DiffLine>> CompareVersions(const std::string& id, int from, int to);

 private:
    Stamp Now(const std::string& actor, const std::string& request_id = "") const {
        return {request_id, actor, clock_.Now()};
    }

    ArticleStore& store_;
    const Clock& clock_;
    IdGenerator& ids_;
};

}  // namespace trunkline::knowledge

// What the knowledge application needs from outside. A write, its event and its request id are one transaction.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "knowledge/domain/article.hpp"
#include "knowledge/domain/search_index.hpp"

namespace trunkline::knowledge {

// Who did it and when.
struct Stamp {
    std::string request_id;  // empty: not kept
    std::string actor;
    TimePoint now{};
};

class ArticleStore {
 public:
    virtual ~ArticleStore() = default;
    // A request id that was used before gives that article and changes nothing.
    virtual Result<Article> Create(const Stamp& stamp, const Article& article) = 0;
    // Runs `change` on the locked article; a version that grew is kept beside the older ones.
    virtual Result<Article> Change(const Stamp& stamp, const std::string& id,
                                   const std::function<Result<Article>(Article)>& change) = 0;
    // The newest version, or an older one.
    virtual Result<Article> Find(const std::string& id, int version) = 0;
};

// What search has to know, as it changes.
struct ShelfChange {
    std::string id;
    int published_version = 0;  // 0: take it off the shelf
    Document document;
};

class Shelf {
 public:
    virtual ~Shelf() = default;
    // Articles touched since `since` (milliseconds of the store's own clock), and what to ask for next time. `known`:
    // the published version that is indexed already, for which only use and votes are wanted.
    struct Changes {
        std::vector<ShelfChange> changes;
        int64_t next = 0;
    };
    virtual Result<Changes> Since(int64_t since, const std::map<std::string, int>& known) = 0;
    // Child to parent.
    virtual Result<std::map<std::string, std::string>> CategoryParents() = 0;
};

}  // namespace trunkline::knowledge

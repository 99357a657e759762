// The domain decides, the store keeps.
#include "knowledge/app/editing_desk.hpp"

namespace trunkline::knowledge {
namespace {

std::string Whole(const Article& article) {
    return article.content.title + "\n" + article.content.summary + "\n" + article.content.body;
}

}  // namespace

Result<Article> EditingDesk::Create(const std::string& actor, const std::string& request_id, const Content& content) {
    if (request_id.empty() || request_id.size() > 100) {
        return Error{Code::kInvalidArgument, "REQUEST_ID_MISSING", "request_id must be given (up to 100 bytes)"};
    }
    auto article = knowledge::Save({}, content, 0, actor, clock_.Now());
    if (!article.ok()) {
        return article;
    }
    article->id = ids_.New();
    return store_.Create(Now(actor, request_id), *article);
}

Result<Article> EditingDesk::Save(const std::string& actor, const std::string& request_id, const Article& wanted) {
    return store_.Change(Now(actor, request_id), wanted.id, [&](Article article) -> Result<Article> {
        auto saved = knowledge::Save(std::move(article), wanted.content, wanted.version, actor, clock_.Now());
        if (saved.ok()) {
            saved->note = wanted.note.substr(0, 500);
        }
        return saved;
    });
}

Result<Article> EditingDesk::Submit(const std::string& actor, const std::string& id) {
    return store_.Change(Now(actor), id,
                         [&](Article article) { return knowledge::Submit(std::move(article), clock_.Now()); });
}

Result<Article> EditingDesk::Review(const std::string& actor, const std::string& id, bool publish,
                                    const std::string& note) {
    return store_.Change(Now(actor), id, [&](Article article) {
        return knowledge::Review(std::move(article), publish, note, actor, clock_.Now());
    });
}

Result<Article> EditingDesk::Withdraw(const std::string& actor, const std::string& id) {
    return store_.Change(Now(actor), id,
                         [&](Article article) { return knowledge::Withdraw(std::move(article), actor, clock_.Now()); });
}

Result<std::vector<DiffLine>> EditingDesk::CompareVersions(const std::string& id, int from, int to) {
    const auto before = store_.Find(id, from);
    const auto after = store_.Find(id, to);
    if (!before.ok() || !after.ok()) {
        return before.ok() ? after.error() : before.error();
    }
    return Compare(Whole(*before), Whole(*after));
}

}  // namespace trunkline::knowledge

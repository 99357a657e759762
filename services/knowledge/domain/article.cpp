// The arrows, each with what must be so before.
#include "knowledge/domain/article.hpp"

namespace trunkline::knowledge {
namespace {

constexpr size_t kTitle = 300;
constexpr size_t kSummary = 2000;
constexpr size_t kBody = 200'000;
constexpr size_t kMany = 50;

Error WrongState(const std::string& what) {
    return {Code::kFailedPrecondition, "WRONG_STATE", "an article must be " + what};
}

}  // namespace

Status CheckContent(const Content& content) {
    if (content.title.find_first_not_of(" \t\r\n") == std::string::npos) {
        return Error{Code::kInvalidArgument, "TITLE_MISSING", "an article needs a title"};
    }
    if (content.title.size() > kTitle || content.summary.size() > kSummary || content.body.size() > kBody ||
        content.language.size() > 35) {
        return Error{Code::kInvalidArgument, "FIELD_TOO_LONG",
                     "a title may have 300 bytes, a summary 2000, a body 200000"};
    }
    if (content.tags.size() > kMany || content.related_ids.size() > kMany) {
        return Error{Code::kInvalidArgument, "TOO_MANY", "an article may have 50 tags and 50 related articles"};
    }
    if (content.valid_from && content.valid_to && *content.valid_from >= *content.valid_to) {
        return Error{Code::kInvalidArgument, "BAD_VALIDITY", "valid_from must lie before valid_to"};
    }
    return {};
}

Result<Article> Save(Article article, const Content& content, int base, const std::string& author, TimePoint now) {
    if (Status sound = CheckContent(content); !sound.ok()) {
        return sound.error();
    }
    if (base != article.version) {
        return Error{
            Code::kAborted, "ARTICLE_CHANGED",
            "version " + std::to_string(article.version) + " is newer than what this is based on; read it again"};
    }
    ++article.version;
    article.content = content;
    article.author = author;
    article.state = ArticleState::kDraft;
    article.review_note.clear();
    article.updated = now;
    return article;
}

Result<Article> Submit(Article article, TimePoint now) {
    if (article.state != ArticleState::kDraft) {
        return WrongState("a draft to be handed in for review");
    }
    article.state = ArticleState::kInReview;
    article.updated = now;
    return article;
}

Result<Article> Review(Article article, bool publish, const std::string& note, const std::string& reviewer,
                       TimePoint now) {
    if (article.state != ArticleState::kInReview) {
        return WrongState("in review to be published or sent back");
    }
    if (reviewer == article.author && reviewer != "system") {
        return Error{Code::kPermissionDenied, "SELF_REVIEW", "nobody reviews what he wrote himself"};
    }
    if (!publish && note.empty()) {
        return Error{Code::kInvalidArgument, "NOTE_MISSING", "an author must be told why his article is sent back"};
    }
    article.state = publish ? ArticleState::kPublished : ArticleState::kDraft;
    article.published_version = publish ? article.version : article.published_version;
    article.reviewer = reviewer;
    article.review_note = note.substr(0, 2000);
    article.updated = now;
    return article;
}

Result<Article> Withdraw(Article article, const std::string& actor, TimePoint now) {
    if (article.published_version == 0) {
        return WrongState("published to be withdrawn");
    }
    article.published_version = 0;
    article.state = ArticleState::kWithdrawn;
    article.reviewer = actor;
    article.updated = now;
    return article;
}

}  // namespace trunkline::knowledge

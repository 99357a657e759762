// An article and its life: draft, review, published, withdrawn.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "clock/clock.hpp"
#include "ids/ids.hpp"
#include "result/result.hpp"

namespace trunkline::knowledge {

enum class ArticleState { kDraft = 1, kInReview = 2, kPublished = 3, kWithdrawn = 4 };

// What people write; one version of it is never changed.
struct Content {
    std::string category_id;
    std::string title;
    std::string summary;
    std::string body;
    std::vector<std::string> tags;
    std::string language;
    std::optional<TimePoint> valid_from;
    std::optional<TimePoint> valid_to;
    std::vector<std::string> related_ids;
};

struct Article {
    std::string id;
    ArticleState state = ArticleState::kDraft;
    int version = 0;            // of `content`
    int published_version = 0;  // what readers see; 0: nothing
    Content content;
    std::string author;  // of this version
    std::string reviewer;
    std::string review_note;
    std::string note;  // what this version changed
    TimePoint updated{};
    uint64_t uses = 0;
    uint32_t helpful = 0;
    uint32_t not_helpful = 0;
};

// Errors: TITLE_MISSING, FIELD_TOO_LONG, TOO_MANY, BAD_VALIDITY.
Status CheckContent(const Content& content);

//            Save (from every state: readers keep what is published)
//   DRAFT <----------------------------------------------+
//     |  Submit           Review: publish                |
//     +-------> IN_REVIEW ---------------> PUBLISHED ----+
//                  |  Review: send back        | Withdraw
//                  +------> DRAFT              +--------> WITHDRAWN

// A new version of the draft. Error ARTICLE_CHANGED when `base` is no longer the newest version.
Result<Article> Save(Article article, const Content& content, int base, const std::string& author, TimePoint now);
// Errors of these: WRONG_STATE; SELF_REVIEW when a person reviews what he wrote ("system" may, for set-up files);
// NOTE_MISSING when it is sent back without saying why.
Result<Article> Submit(Article article, TimePoint now);
Result<Article> Review(Article article, bool publish, const std::string& note, const std::string& reviewer,
                       TimePoint now);
Result<Article> Withdraw(Article article, const std::string& actor, TimePoint now);

}  // namespace trunkline::knowledge

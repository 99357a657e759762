// The life of an article, arrow by arrow.
#include "knowledge/domain/article.hpp"

#include <catch2/catch.hpp>

namespace trunkline::knowledge {
namespace {

const TimePoint kNow = FromUnixMillis(1772413200000);

Content Titled(const std::string& title) {
    Content content;
    content.title = title;
    return content;
}

Article Published() {
    const Article draft = Save({}, Titled("退票"), 0, "ann", kNow).value();
    return Review(Submit(draft, kNow).value(), true, "", "bob", kNow).value();
}

TEST_CASE("article: written, reviewed by another, published, withdrawn", "[knowledge]") {
    const Article published = Published();
    CHECK(published.state == ArticleState::kPublished);
    CHECK(published.published_version == 1);
    const Article withdrawn = Withdraw(published, "bob", kNow).value();
    CHECK(withdrawn.state == ArticleState::kWithdrawn);
    CHECK(withdrawn.published_version == 0);
    CHECK(Withdraw(withdrawn, "bob", kNow).error().reason == "WRONG_STATE");
}

TEST_CASE("article: readers keep what is published while a new version is written", "[knowledge]") {
    const Article edited = Save(Published(), Titled("退票与改签"), 1, "ann", kNow).value();
    CHECK(edited.state == ArticleState::kDraft);
    CHECK(edited.version == 2);
    CHECK(edited.published_version == 1);
    CHECK(Save(edited, Titled("x"), 1, "cid", kNow).error().reason == "ARTICLE_CHANGED");
}

TEST_CASE("article: nobody publishes what he wrote, and nobody sends back without a word", "[knowledge]") {
    const Article waiting = Submit(Save({}, Titled("退票"), 0, "ann", kNow).value(), kNow).value();
    CHECK(Review(waiting, true, "", "ann", kNow).error().reason == "SELF_REVIEW");
    CHECK(Review(waiting, false, "", "bob", kNow).error().reason == "NOTE_MISSING");
    const Article back = Review(waiting, false, "price is wrong", "bob", kNow).value();
    CHECK(back.state == ArticleState::kDraft);
    CHECK(back.review_note == "price is wrong");
    CHECK(Review(back, true, "", "bob", kNow).error().reason == "WRONG_STATE");
    CHECK(Submit(waiting, kNow).error().reason == "WRONG_STATE");
}

TEST_CASE("article: what cannot be is refused", "[knowledge]") {
    CHECK(CheckContent(Titled(" ")).error().reason == "TITLE_MISSING");
    CHECK(CheckContent(Titled(std::string(301, 'x'))).error().reason == "FIELD_TOO_LONG");
    Content content = Titled("x");
    content.valid_from = kNow;
    content.valid_to = kNow;
    CHECK(CheckContent(content).error().reason == "BAD_VALIDITY");
}

}  // namespace
}  // namespace trunkline::knowledge

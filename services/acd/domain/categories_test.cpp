// A tree stays a tree.
#include "acd/domain/categories.hpp"

#include <catch2/catch.hpp>

namespace trunkline::acd {
namespace {

Categories Tree() {
    return {{"complaint", {"complaint", "", "投诉", 0}},
            {"late", {"late", "complaint", "晚点", 0}},
            {"very_late", {"very_late", "late", "晚点一小时以上", 0}}};
}

}  // namespace

TEST_CASE("the path of a category names those above it") {
    CHECK(PathOf(Tree(), "late") == "投诉 / 晚点");
    CHECK(PathOf(Tree(), "complaint") == "投诉");
    CHECK(PathOf(Tree(), "nothing").empty());
}

TEST_CASE("a category cannot hang on itself, on one below it, or on one that is not there") {
    CHECK(Validate(Tree(), {"new", "late", "新", 0}).ok());
    CHECK_FALSE(Validate(Tree(), {"complaint", "complaint", "投诉", 0}).ok());
    CHECK_FALSE(Validate(Tree(), {"complaint", "very_late", "投诉", 0}).ok());
    CHECK_FALSE(Validate(Tree(), {"new", "nothing", "新", 0}).ok());
}

TEST_CASE("a category needs a word and a title, and the tree stays five deep") {
    CHECK_FALSE(Validate(Tree(), {"two words", "", "新", 0}).ok());
    CHECK_FALSE(Validate(Tree(), {"new", "", "", 0}).ok());
    Categories deep;
    for (int depth = 0; depth < 5; ++depth) {
        const std::string parent = depth == 0 ? "" : "c" + std::to_string(depth - 1);
        const Category category{"c" + std::to_string(depth), parent, "x", 0};
        REQUIRE(Validate(deep, category).ok());
        deep.emplace(category.id, category);
    }
    CHECK_FALSE(Validate(deep, {"c5", "c4", "x", 0}).ok());
}

TEST_CASE("a category with others below it stays") {
    CHECK(MayDelete(Tree(), "late").error().reason == "CATEGORY_NOT_EMPTY");
    CHECK(MayDelete(Tree(), "very_late").ok());
    CHECK(MayDelete(Tree(), "nothing").error().reason == "NO_SUCH_CATEGORY");
}

}  // namespace trunkline::acd

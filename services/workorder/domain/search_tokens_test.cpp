// Tokens: what is typed is found, however it is cut; and numbers written in many ways.
#include "workorder/domain/search_tokens.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

namespace trunkline::workorder {
namespace {

// Would a search for `query` find `text`?
bool Finds(const std::string& text, const std::string& query) {
    const auto stored = IndexTokens(text);
    const auto wanted = QueryTokens(query);
    return !wanted.empty() && std::all_of(wanted.begin(), wanted.end(), [&](const QueryToken& token) {
        return std::any_of(stored.begin(), stored.end(), [&](const std::string& have) {
            return token.prefix ? have.rfind(token.text, 0) == 0 : have == token.text;
        });
    });
}

TEST_CASE("search: any part of a Chinese text is found, from one character on", "[workorder]") {
    const std::string text = "12路公交车在人民广场站未停靠";
    for (const char* part : {"公交车", "人民广场", "12路", "停靠", "靠", "路", "广场站未"}) {
        INFO(part);
        REQUIRE(Finds(text, part));
    }
    for (const char* other : {"地铁", "13路", "场广", "?!"}) {
        INFO(other);
        REQUIRE_FALSE(Finds(text, other));
    }
}

TEST_CASE("search: words are found in any case and width, and broken text harms nobody", "[workorder]") {
    REQUIRE(Finds("Bus K12 late", "k12"));
    REQUIRE(Finds("车牌Ａ１２３", "a123"));
    REQUIRE(Finds(std::string("ok \xE4\xBD broken \xFF\xFE"), "broken"));
    REQUIRE(IndexTokens("").empty());
}

}  // namespace
}  // namespace trunkline::workorder

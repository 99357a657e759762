// Differences by example, and that both texts can be read out of any difference.
#include "knowledge/domain/compare.hpp"

#include <catch2/catch.hpp>
#include <random>

namespace trunkline::knowledge {
namespace {

TEST_CASE("compare: what was added and removed is told in its place", "[knowledge]") {
    CHECK(Compare("a\nb\nc", "a\nx\nc") ==
          std::vector<DiffLine>{
              {Change::kSame, "a"}, {Change::kRemoved, "b"}, {Change::kAdded, "x"}, {Change::kSame, "c"}});
    CHECK(Compare("", "a") == std::vector<DiffLine>{{Change::kAdded, "a"}});
    CHECK(Compare("a", "a") == std::vector<DiffLine>{{Change::kSame, "a"}});
    CHECK(Compare("", "").empty());
}

TEST_CASE("compare: both texts can be read out of the difference", "[knowledge][property]") {
    std::mt19937 random(3);
    for (int round = 0; round < 300; ++round) {
        std::string texts[2];
        for (std::string& text : texts) {
            for (size_t lines = random() % 12; lines > 0; --lines) {
                text += std::string(1, static_cast<char>('a' + random() % 4)) + "\n";
            }
        }
        std::string before, after;
        for (const DiffLine& line : Compare(texts[0], texts[1])) {
            before += line.change == Change::kAdded ? "" : line.text + "\n";
            after += line.change == Change::kRemoved ? "" : line.text + "\n";
        }
        REQUIRE(before == texts[0]);
        REQUIRE(after == texts[1]);
    }
}

TEST_CASE("compare: huge texts do not fill the memory", "[knowledge]") {
    std::string before, after;
    for (int i = 0; i < 5000; ++i) {
        before += "l" + std::to_string(i) + "\n";
        after += "r" + std::to_string(i) + "\n";
    }
    CHECK(Compare(before, after).size() == 10'000);
}

}  // namespace
}  // namespace trunkline::knowledge

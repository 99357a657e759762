// Rewriting of numbers, caller numbers, and settings that are refused.
#include "trunk/domain/outbound.hpp"

#include <catch2/catch.hpp>

namespace trunkline::trunk {
namespace {

TEST_CASE("outbound: the first rewrite whose prefix fits is applied, once", "[trunk]") {
    const std::vector<NumberRewrite> rules{{"+86", ""}, {"00", "+"}, {"0", "0755"}};
    CHECK(Rewrite(rules, "+8613800138000") == "13800138000");
    CHECK(Rewrite(rules, "0044207") == "+44207");
    CHECK(Rewrite(rules, "012345") == "075512345");
    CHECK(Rewrite(rules, "96166") == "96166");
    CHECK(Rewrite({{"", "9"}}, "96166") == "996166");
}

TEST_CASE("outbound: a caller number that the carrier does not let us show becomes our first one", "[trunk]") {
    LineSettings line;
    CHECK(CallerNumberFor(line, "13800138000") == "13800138000");
    line.caller_numbers = {"075596166", "075512345"};
    line.caller_rewrites = {{"9", "07559"}};
    CHECK(CallerNumberFor(line, "13800138000") == "075596166");
    CHECK(CallerNumberFor(line, "075512345") == "075512345");
    CHECK(CallerNumberFor(line, "96166") == "075596166");
    CHECK(CallerNumberFor(line, "") == "075596166");
}

TEST_CASE("outbound: settings that cannot work are refused and named", "[trunk]") {
    LineSettings line;
    CHECK(Check(line).ok());
    line.codecs = {"PCMA", "G729"};
    CHECK(Check(line).error().message.find("G729") != std::string::npos);
    line.codecs.clear();
    line.called_rewrites = {{"sip:", ""}};
    CHECK_FALSE(Check(line).ok());

    TrunkGroup group{"carriers", {{"a", 0, 1}}, {{"", true}}};
    CHECK(Check(group).ok());
    CHECK_FALSE(Check(TrunkGroup{"", group.members, {}}).ok());
    CHECK_FALSE(Check(TrunkGroup{"none", {}, {}}).ok());
    CHECK_FALSE(Check(TrunkGroup{"twice", {{"a", 0, 1}, {"a", 1, 1}}, {}}).ok());
    CHECK_FALSE(Check(TrunkGroup{"light", {{"a", 0, 0}}, {}}).ok());
    CHECK_FALSE(Check(TrunkGroup{"rules", {{"a", 0, 1}}, {{"00", true}, {"00", false}}}).ok());
    CHECK_FALSE(Check(TrunkGroup{"letters", {{"a", 0, 1}}, {{"00a", true}}}).ok());
}

}  // namespace
}  // namespace trunkline::trunk

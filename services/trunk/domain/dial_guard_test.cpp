// Toll fraud: what may be dialled, and how much of it.
#include "trunk/domain/dial_guard.hpp"

#include <catch2/catch.hpp>

namespace trunkline::trunk {
namespace {

using namespace std::chrono_literals;

std::string Try(DialGuard& guard, const TrunkGroup& group, const std::string& number, SteadyTime now) {
    const auto admitted = guard.Admit(group, number, now);
    return admitted.ok() ? admitted->prefix : admitted.error().reason;
}

const SteadyTime kStart{100'000s};

TEST_CASE("toll fraud: a number that no rule fits is not dialled", "[trunk]") {
    DialGuard guard;
    CHECK(Try(guard, {"empty", {{"a", 0, 1}}, {}}, "13800138000", kStart) == "NUMBER_NOT_ALLOWED");
}

TEST_CASE("toll fraud: the longest prefix decides, whatever the order of the rules", "[trunk]") {
    DialGuard guard;
    const TrunkGroup group{"out", {{"a", 0, 1}}, {{"00", false}, {"", true}, {"00852", true}}};
    CHECK(Try(guard, group, "13800138000", kStart).empty());
    CHECK(Try(guard, group, "0044207", kStart) == "NUMBER_NOT_ALLOWED");
    CHECK(Try(guard, group, "0085223456789", kStart) == "00852");
}

TEST_CASE("toll fraud: the call above each limit is refused, and only that rule is closed", "[trunk]") {
    DialGuard guard;
    DialRule rule{"00", true, 2, 3, 0, 5min};
    const TrunkGroup group{"out", {{"a", 0, 1}}, {{"", true}, rule}};
    CHECK(Try(guard, group, "0044", kStart) == "00");
    CHECK(Try(guard, group, "0044", kStart) == "00");
    CHECK(Try(guard, group, "0044", kStart + 59s) == "DIAL_LIMIT");
    CHECK(Try(guard, group, "138", kStart + 59s).empty());
    CHECK(Try(guard, group, "0044", kStart + 60s) == "00");
    CHECK(Try(guard, group, "0044", kStart + 200s) == "DIAL_LIMIT");
    CHECK(Try(guard, group, "0044", kStart + 24h) == "00");
}

TEST_CASE("toll fraud: calls that ended make room for others", "[trunk]") {
    DialGuard guard;
    const TrunkGroup group{"out", {{"a", 0, 1}}, {{"", true, 0, 0, 1, 5min}}};
    const auto first = guard.Admit(group, "138", kStart);
    REQUIRE(first.ok());
    CHECK(first->longest_call == 5min);
    CHECK(Try(guard, group, "139", kStart) == "DIAL_LIMIT");
    guard.End(*first);
    CHECK(Try(guard, group, "139", kStart).empty());
}

TEST_CASE("toll fraud: what is refused does not name the number", "[trunk]") {
    DialGuard guard;
    const auto refused = guard.Admit({"out", {{"a", 0, 1}}, {}}, "13800138000", kStart);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().message.find("138") == std::string::npos);
}

}  // namespace
}  // namespace trunkline::trunk

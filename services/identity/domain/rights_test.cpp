// Patterns, units below units, and nobody giving what he does not hold.
#include "identity/domain/rights.hpp"

#include <catch2/catch.hpp>

#include "identity/domain/shipped_roles.hpp"

namespace trunkline::identity {
namespace {

using Strings = std::set<std::string>;

const Strings kKnown{"acd.agents.read", "acd.agents.write", "acd.queues.read", "desk.phone", "workorder.orders.read"};

Organisation Company() {
    return {{{"centre", "Centre", ""},
             {"east", "East", "centre"},
             {"east_1", "East 1", "east"},
             {"west", "West", "centre"}},
            {{"reader", "Reader", {"*.*.read"}}, {"phone", "Phone", {"desk.*"}}, {"all", "All", {"*"}}}};
}

TEST_CASE("rights: a star stands for one segment, at the end for all that follow") {
    CHECK(Matches("acd.*", "acd.agents.read"));
    CHECK(Matches("acd.*", "acd.agents"));
    CHECK(Matches("*", "acd.agents.read"));
    CHECK(Matches("*.*.read", "acd.agents.read"));
    CHECK(Matches("acd.agents.read", "acd.agents.read"));
    CHECK_FALSE(Matches("acd.*", "acd"));
    CHECK_FALSE(Matches("acd.*", "acdc.agents.read"));
    CHECK_FALSE(Matches("*.*.read", "acd.agents.write"));
    CHECK_FALSE(Matches("*.*.read", "acd.read"));
    CHECK_FALSE(Matches("acd.agents", "acd.agents.read"));
}

TEST_CASE("rights: a role held in a unit counts in the units below it and nowhere else") {
    CHECK(EffectiveRights({{"reader", "east"}, {"phone", ""}}, Company(), kKnown) ==
          Strings{"desk.phone", "acd.agents.read@east", "acd.agents.read@east_1", "acd.queues.read@east",
                  "acd.queues.read@east_1", "workorder.orders.read@east", "workorder.orders.read@east_1"});
}

TEST_CASE("rights: held everywhere swallows held in a unit") {
    CHECK(EffectiveRights({{"phone", "east"}, {"phone", ""}}, Company(), kKnown) == Strings{"desk.phone"});
}

TEST_CASE("rights: a role that does not exist gives nothing") {
    CHECK(EffectiveRights({{"gone", ""}}, Company(), kKnown).empty());
}

TEST_CASE("rights: nobody gives a role whose rights he does not hold there") {
    const Strings east{"acd.agents.read@east", "acd.queues.read@east", "workorder.orders.read@east"};
    CHECK(MayAssign(east, {"reader", "east"}, Company(), kKnown).ok());
    CHECK(MayAssign(east, {"reader", "west"}, Company(), kKnown).error().reason == "RIGHT_NOT_HELD");
    CHECK(MayAssign(east, {"reader", ""}, Company(), kKnown).error().code == Code::kPermissionDenied);
    CHECK(MayAssign(kKnown, {"all", ""}, Company(), kKnown).ok());
    CHECK(MayAssign(kKnown, {"none", ""}, Company(), kKnown).error().reason == "ROLE_NOT_FOUND");
    CHECK(MayAssign(kKnown, {"all", "north"}, Company(), kKnown).error().reason == "UNIT_NOT_FOUND");
}

TEST_CASE("rights: a role cannot be changed to contain what its editor does not hold") {
    CHECK(MayContain({"desk.phone"}, {"desk.*"}, kKnown).ok());
    CHECK_FALSE(MayContain({"desk.phone"}, {"*"}, kKnown).ok());
    CHECK_FALSE(MayContain({"desk.phone@east"}, {"desk.*"}, kKnown).ok());
}

TEST_CASE("units: a unit does not stand below itself") {
    CHECK(CheckUnit({"south", "South", "centre"}, Company()).ok());
    CHECK(CheckUnit({"centre", "Centre", "east_1"}, Company()).error().reason == "UNIT_CIRCLE");
    CHECK(CheckUnit({"centre", "Centre", "centre"}, Company()).error().reason == "UNIT_CIRCLE");
    CHECK(CheckUnit({"south", "South", "nowhere"}, Company()).error().reason == "UNIT_NOT_FOUND");
    CHECK(CheckUnit({"so uth", "South", ""}, Company()).error().reason == "BAD_FIELD");
}

TEST_CASE("roles: only rights and patterns of rights are taken") {
    CHECK(CheckRole({"clerk", "Clerk", {"acd.*", "desk.phone"}}).ok());
    CHECK_FALSE(CheckRole({"clerk", "Clerk", {"acd agents"}}).ok());
    CHECK_FALSE(CheckRole({"", "Clerk", {}}).ok());
    for (const Role& shipped : ShippedRoles()) {
        CHECK(CheckRole(shipped).ok());
    }
}

}  // namespace
}  // namespace trunkline::identity

// Every arrow of a leg, and every arrow it must not take.
#include "trunk/domain/leg_state.hpp"

#include <catch2/catch.hpp>

using namespace trunkline::trunk;

TEST_CASE("leg: every arrow of the drawing leads where it points", "[trunk][leg]") {
    CHECK(*Apply(LegState::kCalling, LegEvent::kRang) == LegState::kRinging);
    CHECK(*Apply(LegState::kCalling, LegEvent::kAnswered) == LegState::kUp);
    CHECK(*Apply(LegState::kCalling, LegEvent::kEnded) == LegState::kEnded);
    CHECK(*Apply(LegState::kRinging, LegEvent::kRang) == LegState::kRinging);
    CHECK(*Apply(LegState::kRinging, LegEvent::kAnswered) == LegState::kUp);
    CHECK(*Apply(LegState::kRinging, LegEvent::kEnded) == LegState::kEnded);
    CHECK(*Apply(LegState::kUp, LegEvent::kEnded) == LegState::kEnded);
}

TEST_CASE("leg: an arrow that is not drawn is refused", "[trunk][leg]") {
    for (const LegEvent event : {LegEvent::kRang, LegEvent::kAnswered}) {
        CHECK(Apply(LegState::kUp, event).error().reason == "WRONG_STATE");
    }
    for (const LegEvent event : {LegEvent::kRang, LegEvent::kAnswered, LegEvent::kEnded}) {
        CHECK(Apply(LegState::kEnded, event).error().reason == "WRONG_STATE");
    }
}

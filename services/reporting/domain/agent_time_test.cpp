// Where an agent's time goes.
#include "reporting/domain/agent_time.hpp"

#include <catch2/catch.hpp>

namespace trunkline::reporting {
namespace {

using std::chrono::minutes;

const TimePoint kStart{std::chrono::hours{10'000}};

StateSpan Span(AgentState state, int from, int to) {
    return {"1001", state, kStart + minutes{from}, kStart + minutes{to}};
}

}  // namespace

TEST_CASE("agent time: occupancy is talk, hold, wrap-up and ring over that and ready", "[reporting][kpi]") {
    AgentTime time;
    const Period day{kStart, kStart + minutes{600}};
    int at = 0;
    for (const auto& [state, length] :
         {std::pair{AgentState::kReady, 30}, std::pair{AgentState::kReserved, 10}, std::pair{AgentState::kTalking, 40},
          std::pair{AgentState::kHeld, 5}, std::pair{AgentState::kWrapUp, 15}, std::pair{AgentState::kNotReady, 60}}) {
        time.Count(Span(state, at, at + length), day);
        at += length;
    }
    CHECK(*time.Occupancy() == Approx(0.7));
    CHECK(*time.OccupancyWithoutRing() == Approx(60.0 / 90));
    CHECK(time.In(AgentState::kNotReady) == minutes{60});
    CHECK_FALSE(AgentTime{}.Occupancy());
}

TEST_CASE("agent time: a state is split at the edges of intervals, and quarters add up to the day",
          "[reporting][kpi]") {
    const Period day{kStart, kStart + minutes{60}};
    // It began before the day and goes on after it.
    const StateSpan talk = Span(AgentState::kTalking, -20, 200);
    AgentTime whole;
    whole.Count(talk, day);
    CHECK(whole.In(AgentState::kTalking) == minutes{60});
    Duration sum{};
    for (int quarter = 0; quarter < 4; ++quarter) {
        AgentTime part;
        part.Count(talk, {kStart + minutes{15 * quarter}, kStart + minutes{15 * quarter + 15}});
        sum += part.In(AgentState::kTalking);
    }
    CHECK(sum == minutes{60});
    AgentTime none;
    none.Count(Span(AgentState::kTalking, 60, 70), day);
    none.Count(Span(AgentState::kTalking, -10, 0), day);
    CHECK(none.In(AgentState::kTalking) == Duration::zero());
}

}  // namespace trunkline::reporting

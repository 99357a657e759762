// Every arrow of the agent's states, and that there are no others.
#include "acd/domain/agent_state.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <utility>

namespace trunkline::acd {
namespace {

using enum AgentState;
using enum AgentEvent;

// The diagram once more, by hand.
const std::map<std::pair<AgentState, AgentEvent>, AgentState> kDrawn{
    {{kLoggedOut, kLogIn}, kNotReady},
    {{kNotReady, kLogOut}, kLoggedOut},
    {{kReady, kLogOut}, kLoggedOut},
    {{kWrapUp, kLogOut}, kLoggedOut},
    {{kNotReady, kSetReady}, kReady},
    {{kReady, kSetNotReady}, kNotReady},
    {{kNotReady, kSetNotReady}, kNotReady},
    {{kReady, kOffer}, kReserved},
    {{kReserved, kOfferWithdrawn}, kReady},
    {{kReserved, kWithdrawnNotReady}, kNotReady},
    {{kReserved, kOfferMissed}, kNotReady},
    {{kReserved, kBridge}, kTalking},
    {{kTalking, kHold}, kHeld},
    {{kHeld, kResume}, kTalking},
    {{kTalking, kContactLeft}, kWrapUp},
    {{kHeld, kContactLeft}, kWrapUp},
    {{kTalking, kLost}, kNotReady},
    {{kHeld, kLost}, kNotReady},
    {{kWrapUp, kWrapUpOver}, kReady},
    {{kWrapUp, kWrapUpOverNotReady}, kNotReady},
};

}  // namespace

TEST_CASE("agent state: every drawn arrow leads where it is drawn", "[acd][state]") {
    for (const auto& [arrow, to] : kDrawn) {
        CAPTURE(ToText(arrow.first), ToText(arrow.second));
        const auto next = Apply(arrow.first, arrow.second);
        REQUIRE(next.ok());
        CHECK(*next == to);
    }
}

TEST_CASE("agent state: an arrow that is not drawn is an error that names both", "[acd][state]") {
    size_t refused = 0;
    for (int state = 0; state < static_cast<int>(kAgentStates); ++state) {
        for (int event = 0; event <= static_cast<int>(kWrapUpOverNotReady); ++event) {
            const std::pair arrow{static_cast<AgentState>(state), static_cast<AgentEvent>(event)};
            if (kDrawn.contains(arrow)) {
                continue;
            }
            const auto next = Apply(arrow.first, arrow.second);
            REQUIRE_FALSE(next.ok());
            CHECK(next.error().reason == "ILLEGAL_AGENT_EVENT");
            CHECK(next.error().message.find(ToText(arrow.second)) != std::string::npos);
            ++refused;
        }
    }
    CHECK(refused == kAgentStates * 15 - kDrawn.size());
}

TEST_CASE("agent state: texts read back", "[acd][state]") {
    for (int state = 0; state < static_cast<int>(kAgentStates); ++state) {
        const auto back = AgentStateFromText(ToText(static_cast<AgentState>(state)));
        REQUIRE(back.ok());
        CHECK(*back == static_cast<AgentState>(state));
    }
    CHECK_FALSE(AgentStateFromText("BUSY").ok());
}

}  // namespace trunkline::acd

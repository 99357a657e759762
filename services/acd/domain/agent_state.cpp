// The arrows of an agent's states.
#include "acd/domain/agent_state.hpp"

#include <array>
#include <string>

namespace trunkline::acd {
namespace {

struct Arrow {
    AgentState from;
    AgentEvent event;
    AgentState to;
};

using enum AgentState;
using enum AgentEvent;

constexpr std::array kArrows{
    Arrow{kLoggedOut, kLogIn, kNotReady},
    Arrow{kNotReady, kLogOut, kLoggedOut},
    Arrow{kReady, kLogOut, kLoggedOut},
    Arrow{kWrapUp, kLogOut, kLoggedOut},
    Arrow{kNotReady, kSetReady, kReady},
    Arrow{kReady, kSetNotReady, kNotReady},
    Arrow{kNotReady, kSetNotReady, kNotReady},
    Arrow{kReady, kOffer, kReserved},
    Arrow{kNotReady, kSeize, kReserved},
    Arrow{kReserved, kOfferWithdrawn, kReady},
    Arrow{kReserved, kWithdrawnNotReady, kNotReady},
    Arrow{kReserved, kOfferMissed, kNotReady},
    Arrow{kReserved, kBridge, kTalking},
    Arrow{kTalking, kHold, kHeld},
    Arrow{kHeld, kResume, kTalking},
    Arrow{kTalking, kContactLeft, kWrapUp},
    Arrow{kHeld, kContactLeft, kWrapUp},
    Arrow{kTalking, kLost, kNotReady},
    Arrow{kHeld, kLost, kNotReady},
    Arrow{kWrapUp, kWrapUpOver, kReady},
    Arrow{kWrapUp, kWrapUpOverNotReady, kNotReady},
};

constexpr std::array<std::string_view, kAgentStates> kStateTexts{"LOGGED_OUT", "READY",   "RESERVED", "TALKING",
                                                                 "HELD",       "WRAP_UP", "NOT_READY"};
constexpr std::array<std::string_view, 16> kEventTexts{"LOG_IN",
                                                       "LOG_OUT",
                                                       "SET_READY",
                                                       "SET_NOT_READY",
                                                       "OFFER",
                                                       "OFFER_WITHDRAWN",
                                                       "WITHDRAWN_NOT_READY",
                                                       "OFFER_MISSED",
                                                       "BRIDGE",
                                                       "HOLD",
                                                       "RESUME",
                                                       "CONTACT_LEFT",
                                                       "LOST",
                                                       "WRAP_UP_OVER",
                                                       "WRAP_UP_OVER_NOT_READY",
                                                       "SEIZE"};

}  // namespace

Result<AgentState> Apply(AgentState state, AgentEvent event) {
    for (const Arrow& arrow : kArrows) {
        if (arrow.from == state && arrow.event == event) {
            return arrow.to;
        }
    }
    return Error{Code::kFailedPrecondition, "ILLEGAL_AGENT_EVENT",
                 "an agent who is " + std::string(ToText(state)) + " cannot take " + std::string(ToText(event))};
}

std::string_view ToText(AgentState state) { return kStateTexts[static_cast<size_t>(state)]; }

std::string_view ToText(AgentEvent event) { return kEventTexts[static_cast<size_t>(event)]; }

Result<AgentState> AgentStateFromText(std::string_view text) {
    for (size_t i = 0; i < kAgentStates; ++i) {
        if (kStateTexts[i] == text) {
            return static_cast<AgentState>(i);
        }
    }
    return Error{Code::kInvalidArgument, "UNKNOWN_AGENT_STATE", "'" + std::string(text) + "' is not an agent state"};
}

}  // namespace trunkline::acd

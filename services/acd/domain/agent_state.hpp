// The states of an agent and the arrows between them.
//
//               kLogIn               kSetReady                kOffer
//   LOGGED_OUT --------> NOT_READY ------------> READY ------------------> RESERVED
//        ^                |  ^  ^  <------------   ^  <-------------------  |   |
//        |     kLogOut    |  |  |   kSetNotReady   |     kOfferWithdrawn    |   | kBridge
//        +----------------+  |  |                  |                        |   v
//        ^ (READY, WRAP_UP   |  +------------------|------ kOfferMissed ----+  TALKING <----+
//        |  too)             |                     |                            |  |   kHold |  kResume
//        |                   | kWrapUpOverNotReady | kWrapUpOver                |  +-----> HELD
//        |                   +------------------ WRAP_UP <----------------------+           |
//        +---- kLogOut ---------------------------+  ^------------- kContactLeft -----------+
//
//   TALKING, HELD -- kLost --> NOT_READY         (the phone went dead in the middle of a contact)
//   RESERVED -- kWithdrawnNotReady --> NOT_READY (the offer was withdrawn and a break had been asked for)
//   NOT_READY -- kSetNotReady --> NOT_READY      (another reason)
//   NOT_READY -- kSeize --> RESERVED             (he dials out, picks up or takes over; afterwards he is not ready
//   again)
#pragma once
#include <string_view>

#include "result/result.hpp"

namespace trunkline::acd {

enum class AgentState { kLoggedOut, kReady, kReserved, kTalking, kHeld, kWrapUp, kNotReady };
inline constexpr size_t kAgentStates = 7;

enum class AgentEvent {
    kLogIn,
    kLogOut,
    kSetReady,
    kSetNotReady,
    kOffer,
    kOfferWithdrawn,
    kWithdrawnNotReady,
    kOfferMissed,
    kBridge,
    kHold,
    kResume,
    kContactLeft,
    kLost,
    kWrapUpOver,
    kWrapUpOverNotReady,
    kSeize,
};

// The state after the event, or FAILED_PRECONDITION with reason ILLEGAL_AGENT_EVENT when no arrow is drawn.
Result<AgentState> Apply(AgentState state, AgentEvent event);

// The words of the API and of stored rows: "LOGGED_OUT", "READY" ...
std::string_view ToText(AgentState state);
Result<AgentState> AgentStateFromText(std::string_view text);
std::string_view ToText(AgentEvent event);

// A contact is with the agent: offered to him, talking, or on hold.
constexpr bool HasContact(AgentState state) {
    return state == AgentState::kReserved || state == AgentState::kTalking || state == AgentState::kHeld;
}

// His telephone is not free for another call.
constexpr bool UsesTelephone(AgentState state) { return HasContact(state) || state == AgentState::kWrapUp; }

// Present and working: counts for the expected wait.
constexpr bool Serves(AgentState state) { return state != AgentState::kLoggedOut && state != AgentState::kNotReady; }

}  // namespace trunkline::acd

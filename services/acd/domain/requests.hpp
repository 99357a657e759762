// What agents and supervisors ask of conversations.
#pragma once
#include <string>
#include <variant>

#include "acd/domain/party.hpp"

namespace trunkline::acd {

namespace ask {
// ---- of the agent who has the contact ----
struct Hold {
    bool hold = true;
};
struct Transfer {
    Destination to;
};
struct Consult {
    Destination to;
};
// Back to the customer; the consulted party is hung up.
struct Return {};
// To the other one: customer or consulted party.
struct Swap {};
// The consulted party has the contact from now on.
struct Complete {};
// The consulted party joins the conversation with the customer.
struct Join {};
// Somebody is taken out of the conversation.
struct Drop {
    LegId leg;
};
struct Park {};
// Another phone or number of the agent takes the conversation over.
struct MoveTo {
    Destination to;  // an extension or a number
};
struct SendDigits {
    std::string digits;
};
struct PauseRecording {
    bool paused = true;
};
// ---- of anybody in it ----
struct Mute {
    bool mute = true;
};
struct HangUp {};
// ---- of an agent who has no contact ----
struct PickUp {
    ContactId contact;
};
struct DialOut {
    std::string number;
    QueueId queue;  // whose caller number is shown, and whose rules hold
    ContactId contact;
    CallId call;
};
// ---- of contacts without a call, of which he may have several ----
struct Accept {
    ContactId contact;
};
struct Decline {
    ContactId contact;
};
// The customer's matter is closed; the second time the wrap-up ends.
struct Finish {
    ContactId contact;
};
struct Give {
    ContactId contact;
    Destination to;
};
}  // namespace ask

struct AgentAsked {
    AgentId agent;
    std::variant<ask::Hold, ask::Transfer, ask::Consult, ask::Return, ask::Swap, ask::Complete, ask::Join, ask::Drop,
                 ask::Park, ask::MoveTo, ask::SendDigits, ask::PauseRecording, ask::Mute, ask::HangUp, ask::PickUp,
                 ask::DialOut, ask::Accept, ask::Decline, ask::Finish, ask::Give>
        what;
};

enum class SupervisorAction { kListen, kWhisper, kBarge, kTakeOver, kLeave, kHangUp, kForceState, kLogOut };

// `agent` is the one supervised.
struct SupervisorAsked {
    AgentId supervisor;
    AgentId agent;
    SupervisorAction action = SupervisorAction::kListen;
    std::string asked_by = {};              // the user, for the audit
    AgentState state = AgentState::kReady;  // of kForceState
    std::string reason = {};                // of kForceState
};

}  // namespace trunkline::acd

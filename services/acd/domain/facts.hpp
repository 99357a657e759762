// What the router tells the rest of the suite. Same fields as the events of trunkline.acd.v1.
#pragma once
#include <string>
#include <variant>

#include "acd/domain/agent_state.hpp"
#include "acd/domain/callback.hpp"
#include "acd/domain/ids.hpp"
#include "acd/domain/requests.hpp"
#include "clock/clock.hpp"

namespace trunkline::acd {

struct ContactQueued {
    ContactId contact;
    SegmentId segment;
    QueueId queue;
    CallId call;
    uint32_t priority = 0;
    TimePoint queued{};
    Duration service_level_threshold{};
    std::string medium{};
    std::string label{};
    std::string reference{};  // of one without a call
    std::string customer{};   // of one without a call
    CallbackId callback{};    // it is a try to call somebody back
};
struct ContactOffered {
    ContactId contact;
    SegmentId segment;
    QueueId queue;
    AgentId agent;
    uint32_t attempt = 0;
    // Why this agent.
    std::string strategy{};
    uint32_t ready = 0;  // how many were ready for the queue, he among them
    AgentId next{};      // who would have been asked otherwise
    Duration waited{};
    std::string wanted_by{};  // he was asked for
};
struct OfferEnded {
    ContactId contact;
    SegmentId segment;
    QueueId queue;
    AgentId agent;
    uint32_t attempt = 0;
    std::string reason;  // NO_ANSWER, BUSY, REJECTED, UNREACHABLE, CALLER_GONE
};
enum class Outcome { kAnswered, kAbandoned, kFlowOut, kSystemError };
struct ContactDequeued {
    ContactId contact;
    SegmentId segment;
    QueueId queue;
    Outcome outcome = Outcome::kAnswered;
    TimePoint queued{};
    TimePoint left{};
    AgentId agent;            // when answered
    QueueId to_queue;         // when it flowed out
    std::string to_target{};  // when it flowed out elsewhere: "flow:night"
    std::string rule{};       // why it flowed out
};
struct AgentSegmentEnded {
    ContactId contact;
    SegmentId segment;
    AgentSegmentId agent_segment;
    QueueId queue;
    AgentId agent;
    TimePoint start{};
    TimePoint end{};
    Duration talk{};
    Duration hold{};
    std::string reason;  // HUNG_UP, TRANSFERRED, AGENT_LOST, COMPLETED, SILENT
    std::string medium{};
};
struct WrapUpEnded {
    ContactId contact;
    AgentSegmentId agent_segment;
    AgentId agent;
    Duration duration{};
    bool timed_out = false;
};
struct ContactTransferred {
    ContactId contact;
    AgentId from_agent;
    std::string target;
    uint32_t number = 0;  // counts the transfers of the contact
    bool completed = false;
    AgentId to_agent;
    bool attended = false;
};
struct AgentStateChanged {
    AgentId agent;
    AgentState state = AgentState::kLoggedOut;
    std::string reason;
    std::string set_by;
    AgentState previous = AgentState::kLoggedOut;
    Duration previous_duration{};
    ContactId contact;
};
// An agent is not ready for longer than the reason allows.
struct ReasonLimitExceeded {
    AgentId agent;
    std::string reason;
    Duration limit{};
    ContactId contact;  // none
};

struct ContactParked {
    ContactId contact;
    AgentId agent;
    QueueId queue;
};
// Somebody beside the customer and the agent took part, or was asked to.
struct PartyLeft {
    ContactId contact;
    QueueId queue;
    Party party;
    AgentId with;  // the agent who had the contact
    TimePoint left{};
    std::string reason;  // HUNG_UP, DROPPED, NOT_ANSWERED
};
struct SupervisorActed {
    ContactId contact;  // may be empty
    AgentId agent;
    AgentId supervisor;
    SupervisorAction action = SupervisorAction::kListen;
    std::string asked_by;
    AgentState state = AgentState::kLoggedOut;  // of the agent at that moment
};

// A contact without a call is over.
struct ContactClosed {
    ContactId contact;
    QueueId queue;
    AgentId agent;  // who had it last; empty: nobody
    std::string medium;
    std::string reference;
    std::string reason;  // COMPLETED, CUSTOMER_LEFT, WITHDRAWN, FLOW_OUT
    TimePoint arrived{};
    TimePoint closed{};
};
// The caller will be called back; his contact is over.
struct CallbackRequested {
    ContactId contact;
    QueueId queue;
    std::string number;
    TimePoint expires{};
};
struct CallbackTried {
    ContactId contact;  // that asked
    ContactId made;     // the try
    QueueId queue;
    uint32_t number = 0;
    std::string result;
    TimePoint next{};  // zero: no further try
};
struct CallbackEnded {
    ContactId contact;  // that asked
    ContactId made;     // the last try; empty: none was under way
    QueueId queue;
    std::string number;
    std::string result;
    uint32_t tries = 0;
};

struct Fact {
    TimePoint occurred{};
    std::variant<ContactQueued, ContactOffered, OfferEnded, ContactDequeued, AgentSegmentEnded, WrapUpEnded,
                 ContactTransferred, AgentStateChanged, ReasonLimitExceeded, ContactParked, PartyLeft, SupervisorActed,
                 ContactClosed, CallbackRequested, CallbackTried, CallbackEnded>
        body;
};

// The contact a fact is about; empty for a change of an agent that no contact caused.
inline const ContactId& ContactOf(const Fact& fact) {
    return std::visit([](const auto& body) -> const ContactId& { return body.contact; }, fact.body);
}

}  // namespace trunkline::acd

// What happens to the router.
#pragma once
#include <map>
#include <set>
#include <string>
#include <variant>

#include "acd/domain/agent.hpp"
#include "acd/domain/callback.hpp"
#include "acd/domain/contact.hpp"
#include "acd/domain/reasons.hpp"
#include "acd/domain/requests.hpp"

namespace trunkline::acd {

// Settings.
struct AgentPut {
    AgentSettings settings;
};
struct AgentDeleted {
    AgentId agent;
};
struct QueuePut {
    QueueSettings settings;
};
struct QueueDeleted {
    QueueId queue;
};

struct ReasonPut {
    Reason reason;
};
struct ReasonDeleted {
    std::string word;
};
// The calendar says that the queue's hours begin or end.
struct QueueHoursChanged {
    QueueId queue;
    Hours hours = Hours::kOpen;
};
// Customers may be called back from now on, or no longer.
struct CallbackHoursChanged {
    QueueId queue;
    bool allowed = true;
};
struct DoNotCallPut {
    std::string key;
};
struct DoNotCallDeleted {
    std::string key;
};

struct MediumPut {
    Medium medium;
};
struct MediumDeleted {
    std::string word;
};

// Agents.
struct AgentLoggedIn {
    AgentId agent;
};
struct AgentLoggedOut {
    AgentId agent;
};
struct AgentStateRequested {
    AgentId agent;
    AgentState state = AgentState::kReady;  // kReady or kNotReady
    std::string reason;
    std::string set_by = "agent";
};
struct WrapUpFinished {
    AgentId agent;
};
struct WrapUpExtended {
    AgentId agent;
};
// His desktop is there; it says so again within the lease.
struct AgentSeen {
    AgentId agent;
    Duration lease{};
};
struct PhoneRegistrationChanged {
    std::string phone;
    bool registered = false;
};

// Contacts and their legs.
struct ContactArrived {
    ContactId contact;
    CallId call;  // empty: a task
    std::string from_number;
    QueueId queue;
    uint32_t priority = 0;
    bool answered = false;          // the customer's call is picked up already
    uint32_t earlier_segments = 0;  // it was here before
    uint32_t earlier_parts = 0;
    std::string language{};
    AgentId wanted{};            // the agent he should have, if he can be had
    std::string wanted_by{};     // NAMED_AGENT or ACCOUNT_MANAGER
    Duration wanted_wait{};      // how long he is waited for
    bool wait_for_away = false;  // also when he is logged out or not ready
    std::string medium{};        // of a task
    std::string label{};
    std::string reference{};
    std::string caller{};  // one text for all spellings of his number; needed while callbacks are open
};
inline constexpr uint32_t kMostPriority = 100;
struct ContactPriorityChanged {
    ContactId contact;
    uint32_t priority = 0;
    Duration older{};  // counts as if it had arrived so much earlier
};
// A waiting caller pressed a key.
struct KeyPressed {
    ContactId contact;
    char key = 0;
    CallbackNumber caller{};                    // when the key asks for a callback
    std::map<std::string, std::string> data{};  // of his call, for the agent who will have the callback
};
// What he keyed in when he was asked where to call him back, also read as a number.
struct CallerKeyed {
    ContactId contact;
    std::string digits;
    CallbackNumber number{};
    std::map<std::string, std::string> data{};
};
// What whoever answered a callback keyed in; empty: nothing.
struct CallbackKeyed {
    ContactId contact;
    std::string digits;
};
struct CallbackCancelled {
    CallbackId callback;
};
// kWithdrawn: of a task, by the service that made it.
enum class GoneReason { kCustomerLeft, kSystemError, kWithdrawn };
struct ContactGone {
    ContactId contact;
    GoneReason reason = GoneReason::kCustomerLeft;
    std::string end{};  // the telephone side's word, such as NO_ANSWER
};
// Somebody gives a task to an agent or a queue.
struct TaskGiven {
    ContactId contact;
    Destination to;
};
// The customer wrote, or the agent did.
struct TaskMoved {
    ContactId contact;
    bool by_agent = false;
};
struct LegRinging {
    ContactId contact;
    LegId leg;
};
struct LegAnswered {
    ContactId contact;
    LegId leg;
};
// Whoever answered pressed the key that takes the contact, or did not.
struct OfferConfirmed {
    ContactId contact;
    LegId leg;
    bool accepted = false;
};
// The customer whom an agent has dialled.
struct CustomerAnswered {
    ContactId contact;
};
enum class LegEnd { kHungUp, kNoAnswer, kBusy, kRejected, kUnreachable, kLost };
struct LegEnded {
    ContactId contact;
    LegId leg;
    LegEnd end = LegEnd::kHungUp;
};
// Audio flows between the customer and this leg.
struct Bridged {
    ContactId contact;
    LegId leg;
};
struct Held {
    ContactId contact;
    LegId leg;
};
struct Resumed {
    ContactId contact;
    LegId leg;
};
struct TransferRequested {
    ContactId contact;
    LegId leg;
    std::string target;
    bool attended = false;
};
struct RecordingFailed {
    ContactId contact;
};

// Time has come for something: wrap-ups, overdue offers, overflow, announcements.
struct Tick {};

// Starting again. The telephone side is away: nobody is offered to anybody until RoutingOpened.
struct RoutingClosed {};
struct AgentRestored {
    AgentId agent;
    AgentStatus status;
};
// As it was kept with the call, and what the telephone side says is really going on.
struct ContactRestored {
    Contact contact;
    bool live = true;      // false: it ended meanwhile, ContactGone follows
    bool playing = false;  // the customer hears something
    bool bridged = false;  // audio flows to the agent
    bool recording = false;
    std::set<LegId> ringing;  // legs of offers that exist
};
// As it was stored, or kept with the call that asked; what is known already is left as it is.
struct CallbackRestored {
    Callback callback;
    bool stored = true;
};
struct RoutingOpened {};

using Event =
    std::variant<MediumPut, MediumDeleted, TaskGiven, TaskMoved, AgentPut, AgentDeleted, QueuePut, QueueDeleted,
                 ReasonPut, ReasonDeleted, QueueHoursChanged, WrapUpExtended, AgentSeen, KeyPressed, AgentLoggedIn,
                 AgentLoggedOut, AgentStateRequested, WrapUpFinished, PhoneRegistrationChanged, ContactArrived,
                 ContactPriorityChanged, ContactGone, LegRinging, LegAnswered, LegEnded, Bridged, Held, Resumed,
                 TransferRequested, RecordingFailed, AgentAsked, SupervisorAsked, CustomerAnswered, OfferConfirmed,
                 Tick, RoutingClosed, AgentRestored, ContactRestored, RoutingOpened, CallbackRestored,
                 CallbackHoursChanged, DoNotCallPut, DoNotCallDeleted, CallerKeyed, CallbackKeyed, CallbackCancelled>;

}  // namespace trunkline::acd

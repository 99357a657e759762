// An agent: what an operator sets, and how he stands now.
#pragma once
#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "acd/domain/agent_state.hpp"
#include "acd/domain/ids.hpp"
#include "acd/domain/media.hpp"
#include "acd/domain/queue.hpp"
#include "acd/domain/routing/rank.hpp"
#include "acd/domain/waiting_line.hpp"
#include "clock/clock.hpp"

namespace trunkline::acd {

// How an agent serves one queue.
struct QueueProfile {
    uint32_t priority = 1;  // 1 is served first
    Duration delay{};       // he gets only contacts that have waited so long
    uint32_t order = 0;     // his place for the strategy top_down
    uint32_t weight = 1;    // his share for the strategy weighted_random
    bool excluded = false;  // he does not serve it, whatever his skills
};

// One way to reach an agent: a phone of ours, or a number over the queue's trunk.
struct Endpoint {
    std::string phone;
    std::string number;
    bool confirms = false;  // whoever answers presses 1 first, so that no voicemail takes a customer
};
inline constexpr size_t kMostEndpoints = 4;

struct AgentSettings {
    AgentId id;
    std::string name;
    std::string phone;  // the extension that others dial, and the phone that rings
    Skills skills;
    std::vector<Endpoint> endpoints = {};  // tried in this order; empty: the phone
    std::map<QueueId, QueueProfile> profiles{};
    std::vector<Capacity> capacities{};  // instead of the slots of a medium
};

// His profile in the queue, or the default one.
const QueueProfile& ProfileIn(const AgentSettings& agent, const QueueId& queue);

// Digits with * and #, and a plus at the beginning.
bool IsDiallable(const std::string& number);

// INVALID_ARGUMENT naming the field, or success.
Status Validate(const AgentSettings& agent);

// What the agent asked to be once the present contact is done.
struct NextState {
    AgentState state = AgentState::kReady;  // kReady or kNotReady
    std::string reason;
};

// What he has done since he logged in; counted once for each contact, when his state changes.
struct Tally {
    TimePoint began{};
    TimePoint offered{};  // last
    uint32_t contacts = 0;
    Duration talk{};  // with holds
    Duration busy{};  // from the ring to the end of the wrap-up
};

// How an agent stands; stored, so that a router that starts again knows it.
struct AgentStatus {
    AgentState state = AgentState::kLoggedOut;
    std::string reason;
    std::string set_by = "system";  // agent, supervisor, system
    TimePoint since{};
    TimePoint idle_since{};    // his place among the ready; kept through an offer that was withdrawn
    ContactId contact;         // with him now, or wrapped up
    AgentSegmentId segment;    // of the wrap-up
    TimePoint wrap_up_ends{};  // meaningful in WRAP_UP
    std::optional<NextState> next;
    Tally tally;
    std::array<uint32_t, kMisses> misses{};  // offers not taken in a row, by cause
    TimePoint ready_again{};                 // zero: not by himself
    TimePoint handling_since{};              // of the contact that he talks about or wraps up
    QueueId handling_queue;
    bool wrap_up_extended = false;
    std::string wrap_up_form;
    Duration lease{};  // his desktop says at least so often that he is there; zero: it does not
};

struct Contact;
struct Queue;
struct Row;
struct Tier;

// One row of one queue that the agent may serve, and his place there.
struct Membership {
    Queue* queue = nullptr;
    Row* row = nullptr;
    Duration wait{};        // he serves contacts that have waited at least so long
    uint32_t priority = 1;  // of the queue for him
    Tier* tier = nullptr;
    Lanes lane = 0;       // of the row, one bit
    bool counts = false;  // the first one of its queue
    Rank rank;            // while he is listed there
};

struct Agent {
    AgentSettings settings;
    AgentStatus status;
    bool phone_registered = false;
    uint64_t ticket = 0;                  // names him among the wake-ups
    std::vector<Membership> memberships;  // in the order of the queues' ids
    TimePoint present_until{};
    WaitingLine own_line;         // contacts that wait for him only
    Lanes listed = 0;             // stands among the ready of his memberships in these
    std::vector<Contact*> tasks;  // contacts without a call that he is offered, has or wraps up
    Load load{};                  // by lane, with his telephone
    Load room{};                  // the most of each
    Lanes usable = 0;             // lanes with room at all
};

}  // namespace trunkline::acd

// An agent: what an operator sets, and how he stands now.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "acd/domain/agent_state.hpp"
#include "acd/domain/ids.hpp"
#include "acd/domain/queue.hpp"
#include "acd/domain/routing/rank.hpp"
#include "clock/clock.hpp"

namespace trunkline::acd {

struct AgentSettings {
    AgentId id;
    std::string name;
    std::string phone;  // the extension that others dial, and the phone that rings
    Skills skills;
};

// INVALID_ARGUMENT naming the field, or success.
Status Validate(const AgentSettings& agent);

// What the agent asked to be once the present contact is done.
struct NextState {
    AgentState state = AgentState::kReady;  // kReady or kNotReady
    std::string reason;
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
};

struct Queue;
struct Row;
struct Tier;

// One row of one queue that the agent may serve, and his place there.
struct Membership {
    Queue* queue = nullptr;
    Row* row = nullptr;
    Duration wait{};  // he serves contacts that have waited at least so long
    Tier* tier = nullptr;
    Rank rank;  // while he is listed
};

struct Agent {
    AgentSettings settings;
    AgentStatus status;
    bool phone_registered = false;
    uint64_t ticket = 0;                   // names him among the wake-ups
    std::vector<Membership> memberships;  // in the order of the queues' ids
    bool listed = false;                   // stands among the ready of every membership
};

}  // namespace trunkline::acd

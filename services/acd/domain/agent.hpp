// An agent: what an operator sets, and how he stands now.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "acd/domain/agent_state.hpp"
#include "acd/domain/ids.hpp"
#include "acd/domain/queue.hpp"
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

struct Agent {
    AgentSettings settings;
    AgentStatus status;
    bool phone_registered = false;
    std::vector<QueueId> queues;  // whose required skills he has
    bool listed = false;          // stands in the rows of the ready
};

}  // namespace trunkline::acd

// Whether and when an agent may serve a queue's contacts.
#pragma once
#include <optional>
#include <string>

#include "acd/domain/agent.hpp"
#include "acd/domain/queue.hpp"

namespace trunkline::acd {

// How long a contact of that language (empty: any) must have waited before the agent may serve it: until the ring that
// his skills suffice for, and the delay of his profile. Nothing: never.
std::optional<Duration> WaitFor(const AgentSettings& agent, const QueueSettings& queue, const std::string& language);

}  // namespace trunkline::acd

// A conversation as the API shows it.
#pragma once
#include "acd/adapters/desk.hpp"
#include "trunkline/acd/v1/desk.pb.h"

namespace trunkline::acd {

// INVALID_TARGET when none is named.
Result<Destination> TargetOf(const v1::CallTarget& target);

// NO_SUCH_AGENT, or how his conversation stands; supervisors are left out when the queue hides them.
grpc::Status ShowConversation(Desk& desk, const AgentId& agent, v1::Conversation& conversation);

}  // namespace trunkline::acd

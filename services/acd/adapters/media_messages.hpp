// Media and what agents have of them, as the API shows them.
#pragma once
#include "acd/app/switchboard.hpp"
#include "trunkline/acd/v1/media.pb.h"

namespace trunkline::acd {

Medium FromProto(const v1::Medium& message);
v1::Medium ToProto(const Medium& medium);

// INVALID_TASK naming the field, or what arrives.
Result<ContactArrived> FromProto(const v1::CreateTaskRequest& message);

// On the owner thread. NO_SUCH_AGENT.
Status ShowAgentContacts(Switchboard& desk, const AgentId& agent, v1::ListAgentContactsResponse& message);

}  // namespace trunkline::acd

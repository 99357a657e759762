// Agents, queues and contacts as the API shows them.
#pragma once
#include "acd/app/calls.hpp"
#include "acd/domain/explain.hpp"
#include "acd/domain/router.hpp"
#include "trunkline/acd/v1/resources.pb.h"

namespace trunkline::acd {

AgentSettings FromProto(const v1::Agent& message);
QueueSettings FromProto(const v1::Queue& message);

// What an operator has set, without the output-only fields.
v1::Agent ToProto(const AgentSettings& settings);
v1::Queue ToProto(const QueueSettings& settings);

v1::Agent ToProto(const Agent& agent);
v1::Queue ToProto(const Queue& queue, TimePoint now);
v1::Contact ToProto(const Contact& contact, size_t place, const calls::Data& data);

Reason FromProto(const v1::Reason& message);
v1::Reason ToProto(const Reason& reason);
v1::Explanation ToProto(const Explanation& explanation, const ContactId& contact);

}  // namespace trunkline::acd

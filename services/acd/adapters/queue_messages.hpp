// The rules of a queue, as messages and as settings.
#pragma once
#include "acd/domain/queue.hpp"
#include "trunkline/acd/v1/resources.pb.h"

namespace trunkline::acd {

// INVALID_ARGUMENT when a word of the rules is not known.
Status CheckWords(const v1::Queue& message);
// Adds to `queue` what has been said about rings, rules, policies, memory, keys and hours.
void TakeRules(const v1::Queue& message, QueueSettings& queue);
void PutRules(const QueueSettings& queue, v1::Queue& message);

}  // namespace trunkline::acd

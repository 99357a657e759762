// Who is served first when an agent may serve the heads of several queues.
//
// Everything counts as waiting: a step of priority, of the queue's weight and of the agent's profile shifts the time of
// arrival. So nobody starves: the head of one queue is passed over only by those who arrived before a time that is
// known, its own arrival plus the difference of the shifts.
#pragma once
#include "acd/domain/rows.hpp"

namespace trunkline::acd {

inline constexpr Duration kPriorityWorth = std::chrono::minutes(10);
inline constexpr Duration kWeightWorth = std::chrono::minutes(1);
inline constexpr Duration kProfileWorth = std::chrono::minutes(5);

// How much earlier a contact counts as having arrived; `profile` is 1 for the agent's first queues.
inline Duration HeadStart(uint32_t priority, uint32_t weight, uint32_t profile) {
    return priority * kPriorityWorth + weight * kWeightWorth - (profile - 1) * kProfileWorth;
}

}  // namespace trunkline::acd

// Longest idle: the agent who has been ready for the longest time is next.
#pragma once
#include "acd/domain/routing/strategy.hpp"

namespace trunkline::acd {

class LongestIdle final : public Strategy {
 public:
    Rank RankOf(const Agent& agent, const QueueSettings& queue, double random) const override;
};

}  // namespace trunkline::acd

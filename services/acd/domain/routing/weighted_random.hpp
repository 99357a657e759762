// Weighted random: chance decides, in proportion to the weight of each agent's profile.
#pragma once
#include "acd/domain/routing/strategy.hpp"

namespace trunkline::acd {

class WeightedRandom final : public Strategy {
 public:
    Rank RankOf(const Agent& agent, const QueueSettings& queue, double random) const override;
};

}  // namespace trunkline::acd

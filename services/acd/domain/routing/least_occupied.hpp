// Least occupied: the agent who has worked the smallest part of his shift is next.
#pragma once
#include "acd/domain/routing/strategy.hpp"

namespace trunkline::acd {

class LeastOccupied final : public Strategy {
 public:
    Rank RankOf(const Agent& agent, const QueueSettings& queue, double random) const override;
};

}  // namespace trunkline::acd

// Round robin: each agent in turn; who was asked last comes last, whether he answered or not.
#pragma once
#include "acd/domain/routing/strategy.hpp"

namespace trunkline::acd {

class RoundRobin final : public Strategy {
 public:
    Rank RankOf(const Agent& agent, const QueueSettings& queue, double random) const override;
};

}  // namespace trunkline::acd

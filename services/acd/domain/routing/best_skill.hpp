// Best skill: the agent with the highest levels in what the queue asks for is next.
#pragma once
#include "acd/domain/routing/strategy.hpp"

namespace trunkline::acd {

class BestSkill final : public Strategy {
 public:
    Rank RankOf(const Agent& agent, const QueueSettings& queue, double random) const override;
};

}  // namespace trunkline::acd

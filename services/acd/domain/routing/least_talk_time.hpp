// Least talk time: the agent who has talked least in his shift is next.
#pragma once
#include "acd/domain/routing/strategy.hpp"

namespace trunkline::acd {

class LeastTalkTime final : public Strategy {
 public:
    Rank RankOf(const Agent& agent, const QueueSettings& queue, double random) const override;
};

}  // namespace trunkline::acd

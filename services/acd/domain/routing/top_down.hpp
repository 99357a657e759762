// Top down: always the first ready agent of a fixed order.
#pragma once
#include "acd/domain/routing/strategy.hpp"

namespace trunkline::acd {

class TopDown final : public Strategy {
 public:
    Rank RankOf(const Agent& agent, const QueueSettings& queue, double random) const override;
};

}  // namespace trunkline::acd

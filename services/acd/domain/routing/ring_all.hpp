// Ring all: every ready agent rings, up to the queue's limit; the first to answer wins.
#pragma once
#include "acd/domain/routing/strategy.hpp"

namespace trunkline::acd {

class RingAll final : public Strategy {
 public:
    Rank RankOf(const Agent& agent, const QueueSettings& queue, double random) const override;
    size_t AtOnce(const QueueSettings& queue) const override;
};

}  // namespace trunkline::acd

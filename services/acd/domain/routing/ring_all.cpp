// Ring all: when there are more than may ring, those who are idle longest do.
#include "acd/domain/routing/ring_all.hpp"

namespace trunkline::acd {

Rank RingAll::RankOf(const Agent& agent, const QueueSettings& /*queue*/, double /*random*/) const {
    return {IdleSince(agent), 0};
}

size_t RingAll::AtOnce(const QueueSettings& queue) const { return queue.ring_at_most; }

}  // namespace trunkline::acd

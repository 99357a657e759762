// Longest idle: ordered by the time since which the agent is idle.
#include "acd/domain/routing/longest_idle.hpp"

namespace trunkline::acd {

Rank LongestIdle::RankOf(const Agent& agent, const QueueSettings& /*queue*/, double /*random*/) const {
    return {IdleSince(agent), 0};
}

}  // namespace trunkline::acd

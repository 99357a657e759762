// Least occupied: busy time by time logged in, as it stands when he becomes ready.
#include "acd/domain/routing/least_occupied.hpp"

#include <algorithm>

namespace trunkline::acd {

namespace {

constexpr double kParts = 1e6;

}  // namespace

Rank LeastOccupied::RankOf(const Agent& agent, const QueueSettings& /*queue*/, double /*random*/) const {
    const Tally& tally = agent.status.tally;
    const double shift = std::max<double>(1, static_cast<double>((agent.status.since - tally.began).count()));
    const double part = static_cast<double>(tally.busy.count()) / shift;
    return {static_cast<int64_t>(part * kParts), IdleSince(agent)};
}

}  // namespace trunkline::acd

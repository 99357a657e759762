// Round robin: ordered by the time of the last offer.
#include "acd/domain/routing/round_robin.hpp"

namespace trunkline::acd {

Rank RoundRobin::RankOf(const Agent& agent, const QueueSettings& /*queue*/, double /*random*/) const {
    return {agent.status.tally.offered.time_since_epoch().count(), 0};
}

}  // namespace trunkline::acd

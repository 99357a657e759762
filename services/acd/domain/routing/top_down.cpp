// Top down: the order that each agent's profile gives him in this queue.
#include "acd/domain/routing/top_down.hpp"

namespace trunkline::acd {

Rank TopDown::RankOf(const Agent& agent, const QueueSettings& queue, double /*random*/) const {
    return {ProfileIn(agent.settings, queue.id).order, 0};
}

}  // namespace trunkline::acd

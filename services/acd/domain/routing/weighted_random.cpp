// Weighted random: each draws a time until his turn, shorter on average with more weight (Efraimidis and Spirakis).
#include "acd/domain/routing/weighted_random.hpp"

#include <algorithm>
#include <cmath>

namespace trunkline::acd {

namespace {

constexpr double kParts = 1e12;

}  // namespace

Rank WeightedRandom::RankOf(const Agent& agent, const QueueSettings& queue, double random) const {
    const double weight = std::max<double>(1, ProfileIn(agent.settings, queue.id).weight);
    return {static_cast<int64_t>(-std::log(1 - random) / weight * kParts), 0};
}

}  // namespace trunkline::acd

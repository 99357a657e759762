// Fewest contacts: the agent who has served the fewest in his shift is next.
#pragma once
#include "acd/domain/routing/strategy.hpp"

namespace trunkline::acd {

class FewestContacts final : public Strategy {
 public:
    Rank RankOf(const Agent& agent, const QueueSettings& queue, double random) const override;
};

}  // namespace trunkline::acd

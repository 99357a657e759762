// How a queue chooses among its ready agents. A strategy gives each of them a rank; the router keeps the ready of every
// queue in that order, so choosing never looks at all of them. Same input, same answer.
#pragma once
#include "acd/domain/agent.hpp"
#include "acd/domain/queue.hpp"
#include "acd/domain/routing/rank.hpp"

namespace trunkline::acd {

class Strategy {
 public:
    virtual ~Strategy() = default;
    // Asked when the agent becomes ready.
    virtual Rank RankOf(const Agent& agent, const QueueSettings& queue) const = 0;
};

}  // namespace trunkline::acd

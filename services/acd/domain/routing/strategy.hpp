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
    // Asked when the agent becomes ready. `random` lies in [0, 1).
    virtual Rank RankOf(const Agent& agent, const QueueSettings& queue, double random) const = 0;
    // How many are offered a contact at the same time.
    virtual size_t AtOnce(const QueueSettings& /*queue*/) const { return 1; }
};

inline int64_t IdleSince(const Agent& agent) { return agent.status.idle_since.time_since_epoch().count(); }

}  // namespace trunkline::acd

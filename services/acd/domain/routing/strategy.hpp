// How a queue chooses among its ready agents. A strategy gives each of them a rank; the router keeps the ready of every
// queue in that order, so choosing never looks at all of them. Same input, same answer.
#pragma once
#include <compare>
#include <cstdint>

#include "acd/domain/agent.hpp"
#include "acd/domain/queue.hpp"

namespace trunkline::acd {

// The lowest is offered first; agents of equal rank follow each other by id.
struct Rank {
    int64_t major = 0;
    int64_t minor = 0;
    auto operator<=>(const Rank&) const = default;
};

class Strategy {
 public:
    virtual ~Strategy() = default;
    // Asked when the agent becomes ready; may use only what does not change while he is.
    virtual Rank RankOf(const Agent& agent, const QueueSettings& queue) const = 0;
};

}  // namespace trunkline::acd

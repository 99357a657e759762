// Least talk time: ordered by talk and hold since he logged in, then by idleness.
#include "acd/domain/routing/least_talk_time.hpp"

namespace trunkline::acd {

Rank LeastTalkTime::RankOf(const Agent& agent, const QueueSettings& /*queue*/, double /*random*/) const {
    return {agent.status.tally.talk.count(), IdleSince(agent)};
}

}  // namespace trunkline::acd

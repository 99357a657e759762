// Fewest contacts: ordered by contacts served since he logged in, then by idleness.
#include "acd/domain/routing/fewest_contacts.hpp"

namespace trunkline::acd {

Rank FewestContacts::RankOf(const Agent& agent, const QueueSettings& /*queue*/, double /*random*/) const {
    return {agent.status.tally.contacts, IdleSince(agent)};
}

}  // namespace trunkline::acd

// Bringing contacts and agents together: who of those who can take a contact is asked, and whom somebody who has room
// serves.
#include <algorithm>

#include "acd/domain/precedence.hpp"
#include "acd/domain/router.hpp"

namespace trunkline::acd {

// For a contact that has just joined its line.
void Router::SeekAgent(Contact& contact, Turn& turn) {
    if (closed_) {
        return;
    }
    // Those who may serve from the beginning on come first, then those whom waiting has added.
    for (auto& [wait, tier] : contact.row->tiers) {
        if (!tier.ready.empty()) {
            Agent& best = *tier.ready.begin()->agent;
            LeaveLine(contact);
            MakeOffer(contact, best, turn);
            RingRivals(contact, turn);
            return;
        }
        if (&tier == contact.tier) {
            return;
        }
    }
}

// For an agent who can take another contact.
void Router::SeekContact(Agent& agent, Turn& turn) {
    while (Contact* contact = closed_ ? nullptr : BestContactFor(agent, OpenFor(agent))) {
        LeaveLine(*contact);
        MakeOffer(*contact, agent, turn);
        RingRivals(*contact, turn);
    }
    List(agent);
}

// The head of his part of one queue. Null when nobody waits there for him.
const Position* Router::HeadFor(const Membership& membership) {
    const Position* best = nullptr;
    auto& tiers = membership.row->tiers;
    for (auto at = tiers.find(membership.wait); at != tiers.end(); ++at) {
        if (!at->second.line.empty() && (best == nullptr || at->second.line.Head() < *best)) {
            best = &at->second.line.Head();
        }
    }
    return best;
}

// The contact that is served first: within a queue by its order, between queues by precedence. Null when there is none.
Contact* Router::BestContactFor(const Agent& agent, Lanes open) {
    if (open == 0) {
        return nullptr;
    }
    for (const Position& own : agent.own_line) {
        if ((open & own.contact->lane->Bit()) != 0) {
            return own.contact;
        }
    }
    const Position* best = nullptr;
    TimePoint best_time{};
    const auto& memberships = agent.memberships;
    for (size_t i = 0; i < memberships.size();) {
        const Queue* queue = memberships[i].queue;
        const Position* head = nullptr;
        for (; i < memberships.size() && memberships[i].queue == queue; ++i) {
            const bool none = queue->waiting == 0 || (open & memberships[i].lane) == 0;
            const Position* other = none ? nullptr : HeadFor(memberships[i]);
            head = other != nullptr && (head == nullptr || *other < *head) ? other : head;
        }
        if (head == nullptr) {
            continue;
        }
        const Contact& contact = *head->contact;
        const TimePoint time =
            contact.arrived - HeadStart(contact.priority, queue->settings.weight, memberships[i - 1].priority);
        if (best == nullptr || time < best_time || (time == best_time && head->ticket < best->ticket)) {
            best = head;
            best_time = time;
        }
    }
    return best == nullptr ? nullptr : best->contact;
}

// Puts him among the ready of each membership in which he can take another contact.
void Router::List(Agent& agent) {
    const Lanes open = OpenFor(agent);
    if (agent.listed == open) {
        return;
    }
    Unlist(agent);
    for (Membership& membership : agent.memberships) {
        if ((membership.lane & open) != 0) {
            membership.rank = membership.queue->strategy->RankOf(agent, membership.queue->settings, random_.Next());
            membership.rank.load = static_cast<uint32_t>(agent.tasks.size());
            membership.tier->ready.insert({membership.rank, &agent});
        }
    }
    agent.listed = open;
}

void Router::Unlist(Agent& agent) {
    if (agent.listed == 0) {
        return;
    }
    for (const Membership& membership : agent.memberships) {
        if ((membership.lane & agent.listed) != 0) {
            membership.tier->ready.erase({membership.rank, &agent});
        }
    }
    agent.listed = 0;
}

}  // namespace trunkline::acd

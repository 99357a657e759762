// Bringing contacts and agents together: who is offered to whom, and how an offer ends.
#include "acd/domain/router.hpp"

namespace trunkline::acd {
namespace {

// The telephone side ends an offer at its ring limit; when it says nothing for this long after, the router does.
constexpr Duration kOfferGrace = std::chrono::seconds(5);

// The words for OfferEnded and, except for the last, for the agent's state.
const char* OfferReason(LegEnd end) {
    switch (end) {
        case LegEnd::kNoAnswer:
            return "NO_ANSWER";
        case LegEnd::kBusy:
            return "BUSY";
        case LegEnd::kHungUp:
        case LegEnd::kRejected:
            return "REJECTED";
        case LegEnd::kUnreachable:
        case LegEnd::kLost:
            return "UNREACHABLE";
    }
    return "UNREACHABLE";
}

std::string AgentReason(LegEnd end) {
    const bool unreachable = end == LegEnd::kUnreachable || end == LegEnd::kLost;
    return unreachable ? "PHONE_UNREACHABLE" : OfferReason(end);
}

}  // namespace

Status Router::On(const LegRinging& event, Turn& turn) {
    Contact* contact = Find(event.contact);
    if (contact == nullptr) {
        return NoSuch("contact", event.contact.str());
    }
    if (contact->offer && contact->offer->leg == event.leg && !contact->offer->answered) {
        // The ring limit runs from the first ring.
        contact->offer->given_up = turn.now + Find(contact->queue)->settings.ring_limit + kOfferGrace;
        wake_ups_.Add({contact->offer->given_up, WakeUp::Kind::kOffer, contact->ticket});
    }
    return {};
}

Status Router::On(const LegAnswered& event, Turn& turn) {
    Contact* contact = Find(event.contact);
    if (contact == nullptr) {
        return NoSuch("contact", event.contact.str());
    }
    if (!contact->offer || contact->offer->leg != event.leg) {
        if (!contact->part || contact->part->leg != event.leg) {
            // Picked up while it was being cancelled: nobody is there for him.
            turn.Do(DropLeg{contact->id, event.leg});
        }
        return {};
    }
    contact->offer->answered = true;
    contact->offer->given_up = turn.now + kOfferGrace;
    wake_ups_.Add({contact->offer->given_up, WakeUp::Kind::kOffer, contact->ticket});
    Touch(*contact, turn);
    WantRecording(*contact, turn);
    turn.Do(Bridge{contact->id, event.leg});
    return {};
}

Status Router::On(const LegEnded& event, Turn& turn) {
    Contact* contact = Find(event.contact);
    if (contact == nullptr) {
        return NoSuch("contact", event.contact.str());
    }
    if (contact->offer && contact->offer->leg == event.leg) {
        EndOffer(*contact, event.end, turn);
    } else if (contact->part && contact->part->leg == event.leg) {
        PartLegEnded(*contact, event.end, turn);
    }
    return {};
}

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
            return;
        }
        if (&tier == contact.tier) {
            return;
        }
    }
}

// For an agent who has just become ready.
void Router::SeekContact(Agent& agent, Turn& turn) {
    Contact* contact = closed_ ? nullptr : BestContactFor(agent);
    if (contact == nullptr) {
        List(agent);
        return;
    }
    LeaveLine(*contact);
    MakeOffer(*contact, agent, turn);
}

// The head that is served first: priority, then the queue's weight, then age. Null when nobody waits for him.
Contact* Router::BestContactFor(const Agent& agent) const {
    const Position* best = nullptr;
    uint32_t best_weight = 0;
    for (const Membership& membership : agent.memberships) {
        if (membership.queue->waiting == 0) {
            continue;
        }
        const uint32_t weight = membership.queue->settings.weight;
        const auto& tiers = membership.row->tiers;
        for (auto at = tiers.find(membership.wait); at != tiers.end(); ++at) {
            if (at->second.line.empty()) {
                continue;
            }
            const Position& head = at->second.line.Head();
            const bool by_weight = best != nullptr && head.priority == best->priority && weight != best_weight;
            if (best == nullptr || (by_weight ? weight > best_weight : head < *best)) {
                best = &head;
                best_weight = weight;
            }
        }
    }
    return best == nullptr ? nullptr : best->contact;
}

// The contact has left its line; a transfer has never been in one.
void Router::MakeOffer(Contact& contact, Agent& agent, Turn& turn) {
    if (!Move(agent, AgentEvent::kOffer, {"", "system", contact.id}, turn)) {
        return;
    }
    if (contact.state == ContactState::kWaiting) {
        Move(contact, ContactEvent::kOffered, turn);
    }
    const QueueSettings& queue = Find(contact.queue)->settings;
    ++contact.attempt;
    const LegId leg = LegOf(contact.segment_id, contact.attempt);
    const TimePoint given_up = turn.now + queue.ring_limit + kOfferGrace;
    contact.offer = Offer{agent.settings.id, leg, contact.attempt, turn.now, false, given_up};
    wake_ups_.Add({given_up, WakeUp::Kind::kOffer, contact.ticket});
    Touch(contact, turn);
    turn.Tell(ContactOffered{contact.id, contact.segment_id, contact.queue, agent.settings.id, contact.attempt});
    turn.Do(Ring{contact.id, agent.settings.id, agent.settings.phone, leg, queue.ring_limit});
}

// The agent did not take it: he is set not ready, and the contact goes to the next one with his place kept.
void Router::EndOffer(Contact& contact, LegEnd end, Turn& turn) {
    const Offer offer = *std::exchange(contact.offer, std::nullopt);
    Touch(contact, turn);
    turn.Tell(OfferEnded{contact.id, contact.segment_id, contact.queue, offer.agent, offer.attempt, OfferReason(end)});
    Agent* agent = Find(offer.agent);
    if (agent != nullptr && agent->status.contact == contact.id) {
        Move(*agent, AgentEvent::kOfferMissed, {AgentReason(end), "system", contact.id}, turn);
    }
    if (contact.state == ContactState::kTransferring) {
        TransferFailed(contact, turn);
    } else if (Move(contact, ContactEvent::kOfferFailed, turn)) {
        JoinLine(contact, turn.now);
        SeekAgent(contact, turn);
        if (contact.state == ContactState::kWaiting) {
            WatchWaiting(contact);
        }
    }
}

// Puts a ready agent among the ready of each of his memberships.
void Router::List(Agent& agent) {
    if (agent.listed || agent.status.state != AgentState::kReady) {
        return;
    }
    for (Membership& membership : agent.memberships) {
        Queue& queue = *membership.queue;
        membership.rank = queue.strategy->RankOf(agent, queue.settings);
        membership.tier->ready.insert({membership.rank, &agent});
        queue.ready += membership.row == &queue.rows.front() ? 1 : 0;
    }
    agent.listed = true;
}

void Router::Unlist(Agent& agent) {
    if (!agent.listed) {
        return;
    }
    for (const Membership& membership : agent.memberships) {
        Queue& queue = *membership.queue;
        membership.tier->ready.erase({membership.rank, &agent});
        queue.ready -= membership.row == &queue.rows.front() ? 1 : 0;
    }
    agent.listed = false;
}

}  // namespace trunkline::acd

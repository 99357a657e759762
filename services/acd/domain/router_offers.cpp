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
        wake_ups_.Add({contact->offer->given_up, WakeUp::Kind::kOffer, contact->id.str()});
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
    wake_ups_.Add({contact->offer->given_up, WakeUp::Kind::kOffer, contact->id.str()});
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
    const Queue& queue = *Find(contact.queue);
    if (!closed_ && !queue.ready.empty()) {
        LeaveLine(contact);
        const AgentId best = queue.ready.begin()->agent;
        MakeOffer(contact, *Find(best), turn);
    }
}

// For an agent who has just become ready.
void Router::SeekContact(Agent& agent, Turn& turn) {
    const Queue* queue = closed_ ? nullptr : BestQueueFor(agent);
    if (queue == nullptr) {
        List(agent);
        return;
    }
    const ContactId best = queue->line.Head().contact;
    Contact& contact = *Find(best);
    LeaveLine(contact);
    MakeOffer(contact, agent, turn);
}

// The queue whose head is served first: priority, then the queue's weight, then age. Null when nobody waits for him.
const Queue* Router::BestQueueFor(const Agent& agent) const {
    const Queue* best = nullptr;
    for (const QueueId& id : agent.queues) {
        const Queue& queue = queues_.find(id)->second;
        if (queue.line.empty()) {
            continue;
        }
        if (best == nullptr) {
            best = &queue;
            continue;
        }
        const Position& mine = queue.line.Head();
        const Position& other = best->line.Head();
        const uint32_t weight = queue.settings.weight;
        const uint32_t other_weight = best->settings.weight;
        if (mine.priority == other.priority && weight != other_weight ? weight > other_weight : mine < other) {
            best = &queue;
        }
    }
    return best;
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
    wake_ups_.Add({given_up, WakeUp::Kind::kOffer, contact.id.str()});
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
        JoinLine(contact);
        SeekAgent(contact, turn);
        if (contact.state == ContactState::kWaiting) {
            WatchWaiting(contact);
        }
    }
}

// Puts a ready agent into the row of each of his queues.
void Router::List(Agent& agent) {
    if (agent.listed || agent.status.state != AgentState::kReady) {
        return;
    }
    for (const QueueId& id : agent.queues) {
        Queue& queue = *Find(id);
        queue.ready.insert({queue.strategy->RankOf(agent, queue.settings), agent.settings.id});
    }
    agent.listed = true;
}

void Router::Unlist(Agent& agent) {
    if (!agent.listed) {
        return;
    }
    for (const QueueId& id : agent.queues) {
        Queue& queue = *Find(id);
        queue.ready.erase({queue.strategy->RankOf(agent, queue.settings), agent.settings.id});
    }
    agent.listed = false;
}

}  // namespace trunkline::acd

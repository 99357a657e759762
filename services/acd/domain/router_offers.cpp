// Offers: how they are made, answered, withdrawn and ended.
#include <algorithm>

#include "acd/domain/router.hpp"

namespace trunkline::acd {
namespace {

// The telephone side ends an offer at its ring limit; when it says nothing for this long after, the router does.
constexpr Duration kOfferGrace = std::chrono::seconds(5);
// Time to press the key on a leg that has to be confirmed.
constexpr Duration kConfirmLimit = std::chrono::seconds(20);

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

}  // namespace

Miss MissOf(LegEnd end) {
    switch (end) {
        case LegEnd::kNoAnswer:
            return Miss::kNoAnswer;
        case LegEnd::kBusy:
            return Miss::kBusy;
        case LegEnd::kHungUp:
        case LegEnd::kRejected:
            return Miss::kRejected;
        default:
            return Miss::kUnreachable;
    }
}

std::string AgentReason(LegEnd end) {
    const bool unreachable = end == LegEnd::kUnreachable || end == LegEnd::kLost;
    return unreachable ? "PHONE_UNREACHABLE" : OfferReason(end);
}

// The offer that rings on this leg; null when there is none.
Offer* Router::FindOffer(Contact& contact, const LegId& leg) {
    if (contact.offer && contact.offer->leg == leg) {
        return &*contact.offer;
    }
    const auto rival = std::find_if(contact.rivals.begin(), contact.rivals.end(),
                                    [&](const Offer& offer) { return offer.leg == leg; });
    return rival == contact.rivals.end() ? nullptr : &*rival;
}

void Router::GiveUpAt(Offer& offer, const Contact& contact, TimePoint time) {
    offer.given_up = time;
    wake_ups_.Add({time, WakeUp::Kind::kOffer, contact.ticket});
}

Status Router::On(const LegRinging& event, Turn& turn) {
    Contact* contact = Find(event.contact);
    if (contact == nullptr) {
        return NoSuch("contact", event.contact.str());
    }
    if (Offer* offer = FindOffer(*contact, event.leg); offer != nullptr && !offer->answered) {
        // The ring limit runs from the first ring.
        GiveUpAt(*offer, *contact, turn.now + contact->home->settings.ring_limit + kOfferGrace);
    }
    return {};
}

Status Router::On(const LegAnswered& event, Turn& turn) {
    Contact* contact = Find(event.contact);
    if (contact == nullptr) {
        return NoSuch("contact", event.contact.str());
    }
    Offer* offer = FindOffer(*contact, event.leg);
    if (offer == nullptr) {
        if (Party* party = FindParty(*contact, event.leg); party != nullptr) {
            PartyAnswered(*contact, *party, turn);
        } else if (!contact->part || contact->part->leg != event.leg) {
            // Picked up while it was being cancelled: nobody is there for him.
            turn.Do(DropLeg{contact->id, event.leg});
        }
        return {};
    }
    if (Confirms(*offer)) {
        GiveUpAt(*offer, *contact, turn.now + kConfirmLimit);
        Touch(*contact, turn);
        turn.Do(AskToConfirm{contact->id, event.leg});
        return {};
    }
    OfferAnswered(*contact, *offer, turn);
    return {};
}

// The agent takes the contact.
void Router::OfferAnswered(Contact& contact, Offer& offer, Turn& turn) {
    const LegId leg = offer.leg;
    if (&offer != &*contact.offer) {
        if (contact.offer->answered) {
            // Another was faster.
            WithdrawRival(contact, leg, turn);
            return;
        }
        std::swap(offer, *contact.offer);
    }
    contact.offer->answered = true;
    GiveUpAt(*contact.offer, contact, turn.now + kOfferGrace);
    Touch(contact, turn);
    if (contact.state == ContactState::kOffered && (contact.outbound || contact.CallsBack())) {
        DialCustomer(contact, turn);
        return;
    }
    WantRecording(contact, turn);
    turn.Do(Bridge{contact.id, leg});
}

Status Router::On(const LegEnded& event, Turn& turn) {
    Contact* contact = Find(event.contact);
    if (contact == nullptr) {
        return NoSuch("contact", event.contact.str());
    }
    if (FindOffer(*contact, event.leg) != nullptr) {
        EndOffer(*contact, event.leg, event.end, turn);
    } else if (contact->part && contact->part->leg == event.leg) {
        PartLegEnded(*contact, event.end, turn);
    } else if (const Party* party = FindParty(*contact, event.leg); party != nullptr) {
        PartyEnded(*contact, *party, event.end, turn);
    }
    return {};
}

// The telephone side has said nothing about these for too long.
void Router::GiveUpOffers(Contact& contact, TimePoint due, Turn& turn) {
    std::vector<LegId> silent;
    if (contact.offer && contact.offer->given_up == due) {
        silent.push_back(contact.offer->leg);
    }
    for (const Offer& rival : contact.rivals) {
        if (rival.given_up == due) {
            silent.push_back(rival.leg);
        }
    }
    if (!silent.empty() && contact.CallsBack() && contact.callback->dialled) {
        turn.Do(HangUp{contact.id});
        EndTry(contact, "NO_ANSWER", turn);
        return;
    }
    for (const LegId& leg : silent) {
        turn.Do(DropLeg{contact.id, leg});
        EndOffer(contact, leg, LegEnd::kNoAnswer, turn);
    }
}

// Who would have been asked if this agent were not ready; empty: nobody.
AgentId Router::NextAfter(const Contact& contact, const Agent& agent) {
    if (contact.row == nullptr) {
        return {};
    }
    for (const auto& [wait, tier] : contact.row->tiers) {
        for (const ReadyKey& key : tier.ready) {
            if (key.agent != &agent) {
                return key.agent->settings.id;
            }
        }
        if (&tier == contact.tier) {
            break;
        }
    }
    return {};
}

// Reserves the agent and rings him.
bool Router::RingAgent(Contact& contact, Agent& agent, Offer& offer, Turn& turn) {
    ContactOffered told{contact.id, contact.segment_id, contact.queue, agent.settings.id, contact.attempt + 1};
    told.strategy = contact.home->settings.strategy;
    const Row* row = contact.home->FirstRowOf(contact.lane);
    told.ready = static_cast<uint32_t>(row == nullptr ? 0 : row->CountReady());
    told.next = NextAfter(contact, agent);
    told.waited = turn.now - contact.queued;
    told.wanted_by = contact.wanted == agent.settings.id ? contact.wanted_by : "";
    if (!contact.IsCall()) {
        Occupy(agent, contact, turn);
    } else if (!Move(agent, AgentEvent::kOffer, {"", "system", contact.id}, turn)) {
        return false;
    }
    ++contact.attempt;
    offer = {agent.settings.id, LegOf(contact.segment_id, contact.attempt), contact.attempt, turn.now, false, {}};
    GiveUpAt(offer, contact, turn.now + OfferLimit(contact));
    agent.status.tally.offered = turn.now;
    Touch(contact, turn);
    turn.Tell(std::move(told));
    if (contact.IsCall()) {
        Reach(contact, agent, offer, turn);
    }
    return true;
}

Duration Router::OfferLimit(const Contact& contact) const {
    return contact.IsCall() ? contact.home->settings.ring_limit + kOfferGrace : contact.lane->medium->time_to_accept;
}

// The contact has left its line; a transfer has never been in one.
void Router::MakeOffer(Contact& contact, Agent& agent, Turn& turn) {
    Offer offer;
    if (!RingAgent(contact, agent, offer, turn)) {
        return;
    }
    contact.offer = offer;
    if (contact.state == ContactState::kWaiting) {
        Move(contact, ContactEvent::kOffered, turn);
    }
    if (!contact.IsCall() && contact.lane->medium->auto_accept) {
        Connect(contact, turn);
    }
}

// Further phones, when the strategy rings several at once.
void Router::RingRivals(Contact& contact, Turn& turn) {
    const size_t most = contact.home->strategy->AtOnce(contact.home->settings);
    if (most < 2 || contact.tier == nullptr || !contact.offer) {
        return;
    }
    // Whoever rings may stay among the ready, with room for another contact.
    std::vector<Agent*> chosen;
    for (auto& [wait, tier] : contact.row->tiers) {
        for (auto key = tier.ready.begin(); key != tier.ready.end() && chosen.size() + 1 < most; ++key) {
            if (key->agent->settings.id != contact.offer->agent) {
                chosen.push_back(key->agent);
            }
        }
        if (&tier == contact.tier) {
            break;
        }
    }
    for (Agent* agent : chosen) {
        Offer rival;
        if (RingAgent(contact, *agent, rival, turn)) {
            contact.rivals.push_back(rival);
        }
    }
}

// Another took the contact, or it is gone: no fault of his.
void Router::WithdrawRival(Contact& contact, const LegId& leg, Turn& turn) {
    const auto rival = std::find_if(contact.rivals.begin(), contact.rivals.end(),
                                    [&](const Offer& offer) { return offer.leg == leg; });
    const Offer offer = *rival;
    contact.rivals.erase(rival);
    Withdraw(contact, offer, "TAKEN_BY_OTHER", turn);
}

void Router::Withdraw(Contact& contact, const Offer& offer, const char* reason, Turn& turn) {
    Touch(contact, turn);
    turn.Tell(OfferEnded{contact.id, contact.segment_id, contact.queue, offer.agent, offer.attempt, reason});
    Agent* agent = Find(offer.agent);
    if (!contact.IsCall()) {
        if (agent != nullptr) {
            Vacate(*agent, contact);
            SeekContact(*agent, turn);
        }
        return;
    }
    if (!RingsLater(contact)) {
        turn.Do(DropLeg{contact.id, offer.leg});
    }
    if (agent != nullptr && agent->status.contact == contact.id) {
        GiveBack(*agent, contact.id, turn);
    }
}

// The agent did not take it: he is set not ready, and the contact goes to the next one with its place kept.
void Router::EndOffer(Contact& contact, const LegId& leg, LegEnd end, Turn& turn) {
    if (contact.outbound && contact.state == ContactState::kOffered) {
        EndDialOut(contact, turn);
        return;
    }
    Offer* ended = FindOffer(contact, leg);
    if (contact.IsCall() && RingNextEndpoint(contact, *ended, end, turn)) {
        return;
    }
    const Offer offer = *ended;
    if (ended != &*contact.offer) {
        contact.rivals.erase(contact.rivals.begin() + (ended - contact.rivals.data()));
    } else if (contact.rivals.empty()) {
        contact.offer.reset();
    } else {
        contact.offer = contact.rivals.front();
        contact.rivals.erase(contact.rivals.begin());
    }
    Touch(contact, turn);
    turn.Tell(OfferEnded{contact.id, contact.segment_id, contact.queue, offer.agent, offer.attempt, OfferReason(end)});
    Agent* agent = Find(offer.agent);
    if (agent != nullptr && !contact.IsCall()) {
        MissTask(*agent, contact, end, turn);
    } else if (agent != nullptr && agent->status.contact == contact.id) {
        const bool wants_break = agent->status.next && agent->status.next->state == AgentState::kNotReady;
        Move(*agent, AgentEvent::kOfferMissed, {AgentReason(end), "system", contact.id}, turn);
        if (!wants_break) {
            CountMiss(*agent, MissOf(end), contact.home->settings, turn);
        }
    }
    if (contact.wanted == offer.agent) {
        contact.wanted = {};
    }
    if (contact.offer) {
        return;  // others still ring
    }
    if (contact.state == ContactState::kTransferring) {
        TransferFailed(contact, turn);
    } else if (Move(contact, ContactEvent::kOfferFailed, turn) && !StopsRinging(contact, turn)) {
        Wait(contact, turn);
    }
}

}  // namespace trunkline::acd

// Starting again: agents come from their stored status, contacts from what is kept with their calls; then what happened
// meanwhile is told as ordinary events, and routing opens.
#include <algorithm>

#include "acd/domain/router.hpp"

namespace trunkline::acd {

Status Router::On(const RoutingClosed& /*event*/, Turn& /*turn*/) {
    closed_ = true;
    return {};
}

Status Router::On(const AgentRestored& event, Turn& turn) {
    Agent* agent = Find(event.agent);
    if (agent == nullptr) {
        return NoSuch("agent", event.agent.str());
    }
    if (event.status.since < agent->status.since) {
        return {};
    }
    SetState(*agent, event.status.state);
    agent->status = event.status;
    Unlist(*agent);
    turn.out.agents.push_back({event.agent, {}});
    if (event.status.ready_again != TimePoint{}) {
        wake_ups_.Add({event.status.ready_again, WakeUp::Kind::kReadyAgain, agent->ticket});
    }
    if (event.status.state == AgentState::kWrapUp) {
        wake_ups_.Add({event.status.wrap_up_ends, WakeUp::Kind::kWrapUp, agent->ticket});
    }
    List(*agent);
    return {};
}

Status Router::On(const ContactRestored& event, Turn& turn) {
    if (!closed_) {
        return Error{Code::kFailedPrecondition, "ROUTING_OPEN", "contacts are restored while routing is closed"};
    }
    if (!queues_.contains(event.contact.queue)) {
        return NoSuch("queue", event.contact.queue.str());
    }
    if (LaneFor(event.contact) == nullptr) {
        return NoSuch("medium", event.contact.medium);
    }
    if (event.contact.callback && !TakeTry(event, turn)) {
        return {};
    }
    // What is kept with the call wins over what is remembered: commands may have been lost on the way.
    if (Contact* known = Find(event.contact.id); known != nullptr) {
        if (known->state == ContactState::kWaiting) {
            LeaveLine(*known);
        }
        contacts_by_ticket_.erase(known->ticket);
    }
    Contact& contact = contacts_[event.contact.id] = event.contact;
    contact.lane = LaneFor(contact);
    contact.ticket = ++tickets_;
    contacts_by_ticket_[contact.ticket] = &contact;
    contact.home = Find(contact.queue);
    SetDeadlines(contact, turn.now);
    if (contact.CallsBack() && contact.state == ContactState::kWaiting) {
        JoinForCallback(contact, turn);
    } else if (contact.state == ContactState::kWaiting) {
        if (!SeekWanted(contact, turn)) {
            JoinLine(contact, turn.now);
        }
        WatchWaiting(contact);
    }
    if (!contact.IsCall()) {
        RestoreTask(contact, turn);
        return {};
    }
    for (Offer* offer : OffersOf(contact)) {
        Claim(contact, offer->agent, AgentState::kReserved, offer->since, turn);
        GiveUpAt(*offer, contact, std::max(offer->given_up, turn.now));
    }
    if (contact.part) {
        const AgentState state = contact.part->held_since ? AgentState::kHeld : AgentState::kTalking;
        Claim(contact, contact.part->agent, state, contact.part->held_since.value_or(contact.part->start), turn);
    }
    for (const Party& party : contact.parties) {
        if (party.kind != Party::Kind::kSupervisor && party.kind != Party::Kind::kMoved) {
            Claim(contact, party.agent, party.up ? AgentState::kTalking : AgentState::kReserved, party.since, turn);
        }
    }
    if (contact.recall != TimePoint{}) {
        wake_ups_.Add({contact.recall, WakeUp::Kind::kParked, contact.ticket});
    }
    if (event.live) {
        Mend(contact, event, turn);
    }
    return {};
}

// Rules by wait, and announcements to who listens.
void Router::SetDeadlines(Contact& contact, TimePoint now) {
    const Duration interval = contact.home->settings.announcement_interval;
    const Duration first_rule = NextRuleAfter(contact.home->rules, Duration::zero());
    contact.overflows = first_rule < Duration::zero() || contact.callback ? TimePoint{} : contact.queued + first_rule;
    if (contact.IsCall() && interval > Duration::zero() && !contact.callback) {
        contact.next_announcement = now + interval;
    }
}

std::vector<Offer*> Router::OffersOf(Contact& contact) {
    std::vector<Offer*> offers;
    if (contact.offer) {
        offers.push_back(&*contact.offer);
    }
    for (Offer& rival : contact.rivals) {
        offers.push_back(&rival);
    }
    return offers;
}

// The agent is with this contact since `since`, unless he is known to have moved on after that.
void Router::Claim(const Contact& contact, const AgentId& id, AgentState state, TimePoint since, Turn& turn) {
    Agent* agent = Find(id);
    if (agent == nullptr || agent->status.since > since) {
        return;
    }
    const bool right = agent->status.state == state && agent->status.contact == contact.id;
    if (!right) {
        SetState(*agent, state);
        agent->status.since = since;
        agent->status.contact = contact.id;
        turn.out.agents.push_back({id, contact.id});
    }
}

// Commands that were decided but never arrived are given again.
void Router::Mend(Contact& contact, const ContactRestored& seen, Turn& turn) {
    if (contact.state == ContactState::kDone) {
        turn.Do(HangUp{contact.id});
        return;
    }
    if (contact.CallsBack()) {
        MendTry(contact, seen, turn);
        return;
    }
    const bool connected = contact.state == ContactState::kConnected;
    const bool parked = !contact.part || contact.part->held_since;
    if (!seen.playing && (!connected || (contact.part && parked))) {
        turn.Do(PlayMusic{contact.id});
    }
    for (const Offer* offer : OffersOf(contact)) {
        const Agent* agent = Find(offer->agent);
        if (agent != nullptr && !seen.ringing.contains(offer->leg)) {
            RingEndpoint(contact, *agent, *offer, turn);
        }
    }
    if (connected && !contact.part) {
        turn.Do(HangUp{contact.id});
    }
    if (connected && contact.part && !seen.recording) {
        WantRecording(contact, turn);
    }
    if (connected && contact.part && !contact.parties.empty()) {
        Rearrange(contact, turn);
    } else if (connected && !parked && !seen.bridged) {
        turn.Do(Bridge{contact.id, contact.part->leg});
    }
}

Status Router::On(const RoutingOpened& /*event*/, Turn& turn) {
    std::vector<Agent*> ready;
    for (auto& [id, agent] : agents_) {
        if (agent.status.lease > Duration::zero()) {
            agent.present_until = turn.now + agent.status.lease;
            wake_ups_.Add({agent.present_until, WakeUp::Kind::kPresence, agent.ticket});
        }
        if (HasContact(agent.status.state) && !IsWith(agent)) {
            Free(agent, turn);
        }
        if (OpenFor(agent) != 0) {
            ready.push_back(&agent);
        }
    }
    closed_ = false;
    std::sort(ready.begin(), ready.end(), [](const Agent* a, const Agent* b) {
        return std::tie(a->status.idle_since, a->settings.id) < std::tie(b->status.idle_since, b->settings.id);
    });
    for (Agent* agent : ready) {
        List(*agent);
    }
    for (Agent* agent : ready) {
        SeekContact(*agent, turn);
    }
    return {};
}

// The contact that his status names has him, too.
bool Router::IsWith(const Agent& agent) {
    Contact* contact = Find(agent.status.contact);
    if (contact == nullptr) {
        return false;
    }
    const AgentId& id = agent.settings.id;
    const auto& rivals = contact->rivals;
    return (contact->offer && contact->offer->agent == id) || (contact->part && contact->part->agent == id) ||
           std::any_of(rivals.begin(), rivals.end(), [&](const Offer& rival) { return rival.agent == id; }) ||
           PartyOf(*contact, id) != nullptr;
}

// The contact he had is nowhere any more, and nothing is known to wrap up.
void Router::Free(Agent& agent, Turn& turn) {
    const Cause cause{"CONTACT_LOST", "system", agent.status.contact};
    if (agent.status.state == AgentState::kReserved) {
        GiveBack(agent, cause.contact, turn);
        return;
    }
    Move(agent, AgentEvent::kContactLeft, cause, turn);
    const std::optional<NextState> next = std::exchange(agent.status.next, std::nullopt);
    const bool rest = next && next->state == AgentState::kNotReady;
    Move(agent, rest ? AgentEvent::kWrapUpOverNotReady : AgentEvent::kWrapUpOver,
         {rest ? next->reason : "", "system", {}}, turn);
    List(agent);
}

}  // namespace trunkline::acd

// Conversations: connected, held, resumed, ended.
#include "acd/domain/router.hpp"

namespace trunkline::acd {
namespace {

constexpr const char* kTransferred = "TRANSFERRED";

bool WrapsUp(const Agent* agent, const AgentSegmentId& part) {
    return agent != nullptr && agent->status.state == AgentState::kWrapUp && agent->status.segment == part;
}

}  // namespace

Status Router::On(const Bridged& event, Turn& turn) {
    Contact* contact = Find(event.contact);
    if (contact == nullptr) {
        return NoSuch("contact", event.contact.str());
    }
    if (contact->offer && contact->offer->leg == event.leg) {
        Connect(*contact, turn);
    }
    return {};
}

// Two-way audio with the agent who was offered: the segment is answered, or the transfer done.
void Router::Connect(Contact& contact, Turn& turn) {
    const Offer offer = *contact.offer;
    if (contact.state == ContactState::kTransferring) {
        Move(contact, ContactEvent::kTransferred, turn);
        TellTransfer(contact, true, offer.agent, turn);
        if (contact.part) {
            if (contact.transfer->by_phone) {
                turn.Do(ReportTransfer{contact.id, contact.part->leg, true});
            }
            turn.Do(DropLeg{contact.id, contact.part->leg});
            EndPart(contact, kTransferred, turn);
        }
        contact.transfer.reset();
    } else if (Move(contact, ContactEvent::kConnected, turn)) {
        contact.answered = turn.now;
        contact.asking.reset();
        if (Callback* callback = OpenCallbackOf(contact); callback != nullptr) {
            EndCallback(*callback, "CONNECTED", turn);
        }
        if (!contact.outbound) {
            EndSegment(contact, Outcome::kAnswered, {}, turn);
        }
    }
    contact.recall = {};
    contact.offer.reset();
    while (!contact.rivals.empty()) {
        WithdrawRival(contact, contact.rivals.front().leg, turn);
    }
    if (contact.home->settings.last_agent_within > Duration::zero()) {
        memory_.RememberAgent(contact.from_number, contact.queue, offer.agent, turn.now);
    }
    contact.part = Part{offer.agent, offer.leg, ++contact.parts, turn.now, {}, {}, false};
    Agent* agent = Find(offer.agent);
    if (!contact.IsCall() && agent != nullptr) {
        agent->status.misses.fill(0);
        ++agent->status.tally.contacts;
        contact.last_agent = offer.agent;
        turn.out.agents.push_back({offer.agent, contact.id});
        AwaitAnswer(contact, turn);
        return;
    }
    if (agent != nullptr && agent->status.contact == contact.id && agent->status.state == AgentState::kReserved) {
        Move(*agent, AgentEvent::kBridge, {"", "system", contact.id}, turn);
    }
}

Status Router::On(const Held& event, Turn& turn) {
    Contact* contact = Find(event.contact);
    if (contact == nullptr) {
        return NoSuch("contact", event.contact.str());
    }
    if (contact->part && contact->part->leg == event.leg) {
        contact->part->phone_held = true;
        if (contact->part->consults || FindParty(*contact, Party::Kind::kMember) != nullptr) {
            Rearrange(*contact, turn);
        } else {
            Park(*contact, turn);
        }
    }
    return {};
}

Status Router::On(const Resumed& event, Turn& turn) {
    Contact* contact = Find(event.contact);
    if (contact == nullptr) {
        return NoSuch("contact", event.contact.str());
    }
    if (contact->part && contact->part->leg == event.leg) {
        contact->part->phone_held = false;
        Touch(*contact, turn);
        if (contact->state != ContactState::kConnected) {
            return {};
        }
        if (contact->part->consults || !contact->part->held_since) {
            Rearrange(*contact, turn);
        } else {
            TakeBack(*contact, turn);
        }
    }
    return {};
}

Status Router::On(const RecordingFailed& event, Turn& turn) {
    const Contact* contact = Find(event.contact);
    if (contact == nullptr) {
        return NoSuch("contact", event.contact.str());
    }
    if (Find(contact->queue)->settings.recording == Recording::kMust) {
        turn.Do(HangUp{contact->id});
    }
    return {};
}

// The customer hears music and the hold clock runs; nothing when it runs already.
void Router::Park(Contact& contact, Turn& turn) {
    Touch(contact, turn);
    if (contact.part->held_since || !contact.IsCall()) {
        return;
    }
    contact.part->held_since = turn.now;
    Rearrange(contact, turn);
    turn.Do(PlayMusic{contact.id});
    Agent* agent = Find(contact.part->agent);
    if (agent != nullptr && agent->status.contact == contact.id && agent->status.state == AgentState::kTalking) {
        Move(*agent, AgentEvent::kHold, {"", "system", contact.id}, turn);
    }
}

void Router::TakeBack(Contact& contact, Turn& turn) {
    Part& part = *contact.part;
    if (!part.held_since) {
        return;
    }
    part.hold += turn.now - *part.held_since;
    part.held_since.reset();
    Rearrange(contact, turn);
    Agent* agent = Find(part.agent);
    if (agent != nullptr && agent->status.contact == contact.id && agent->status.state == AgentState::kHeld) {
        Move(*agent, AgentEvent::kResume, {"", "system", contact.id}, turn);
    }
}

// The agent's part is over: talk and hold are told, and he wraps up unless he is lost. An agent who has moved on
// meanwhile (the router had been away) is left alone.
void Router::EndPart(Contact& contact, const char* reason, Turn& turn) {
    const Part part = *contact.part;
    const Duration hold = part.hold + (part.held_since ? turn.now - *part.held_since : Duration::zero());
    const Duration talk = turn.now - part.start - hold;
    if (part.agent.empty()) {
        contact.part.reset();
        Touch(contact, turn);
        return;
    }
    turn.Tell(AgentSegmentEnded{contact.id, contact.segment_id, AgentSegmentOf(contact.id, part.number), contact.queue,
                                part.agent, part.start, turn.now, talk, hold, reason, contact.lane->medium->word});
    if (!contact.IsCall()) {
        EndTaskPart(contact, part, reason, turn);
        return;
    }
    Agent* agent = Find(part.agent);
    const bool with_him = agent != nullptr && agent->status.contact == contact.id &&
                          (agent->status.state == AgentState::kTalking || agent->status.state == AgentState::kHeld);
    if (with_him && reason == std::string_view("AGENT_LOST")) {
        // Nothing will be wrapped up; whoever adds up handling times need not wait for it.
        turn.Tell(WrapUpEnded{contact.id, AgentSegmentOf(contact.id, part.number), part.agent, {}, false});
        Move(*agent, AgentEvent::kLost, {"PHONE_UNREACHABLE", "system", contact.id}, turn);
    } else if (with_him) {
        BeginWrapUp(*agent, contact, turn);
    } else if (!WrapsUp(agent, AgentSegmentOf(contact.id, part.number))) {
        // He has moved on; if his wrap-up was told already this changes nothing.
        turn.Tell(WrapUpEnded{contact.id, AgentSegmentOf(contact.id, part.number), part.agent, {}, false});
    }
    contact.part.reset();
    Touch(contact, turn);
}

void Router::PartLegEnded(Contact& contact, LegEnd end, Turn& turn) {
    if (contact.state == ContactState::kTransferring) {
        EndPart(contact, kTransferred, turn);
    } else if (GoesOn(contact, turn)) {
        return;
    } else if (end == LegEnd::kLost || contact.part->consults) {
        // A customer who waits for the end of a consultation is not to blame for what ended it.
        const char* reason = end == LegEnd::kLost ? "AGENT_LOST" : "HUNG_UP";
        while (!contact.parties.empty()) {
            contact.part->consults = false;
            DropParty(contact, contact.parties.back().leg, turn);
        }
        EndPart(contact, reason, turn);
        Requeue(contact, contact.queue, turn);
    } else {
        EndPart(contact, "HUNG_UP", turn);
        turn.Do(HangUp{contact.id});
    }
}

void Router::WantRecording(const Contact& contact, Turn& turn) {
    const Recording recording = Find(contact.queue)->settings.recording;
    if (recording != Recording::kNever) {
        turn.Do(StartRecording{contact.id, recording == Recording::kMust});
    }
}

}  // namespace trunkline::acd

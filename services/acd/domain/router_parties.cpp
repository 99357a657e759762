// Further parties of a conversation: invited, joined, gone; and who has the contact after that.
#include <algorithm>

#include "acd/domain/router.hpp"

namespace trunkline::acd {
namespace {

constexpr Duration kDialLimit = std::chrono::seconds(60);
constexpr Duration kGrace = std::chrono::seconds(5);

size_t CountParties(const Contact& contact, bool supervisors) {
    return static_cast<size_t>(std::count_if(contact.parties.begin(), contact.parties.end(), [&](const Party& party) {
        return (party.kind == Party::Kind::kSupervisor) == supervisors;
    }));
}

}  // namespace

// The part that an agent takes in a conversation that is another's; null when he takes none.
Party* Router::PartyOf(Contact& contact, const AgentId& agent) {
    const auto found = std::find_if(contact.parties.begin(), contact.parties.end(), [&](const Party& party) {
        return party.agent == agent && party.kind != Party::Kind::kMoved;
    });
    return found == contact.parties.end() ? nullptr : &*found;
}

// Brings the audio in line with the contact; telling it again does no harm.
void Router::Rearrange(Contact& contact, Turn& turn) {
    Touch(contact, turn);
    Arrangement arrangement = ArrangementOf(contact);
    if (arrangement.legs.size() < 2) {
        turn.Do(Unbridge{contact.id});
    } else if (arrangement.hearing.empty() && arrangement.legs.size() == 2 && arrangement.HasCustomer()) {
        turn.Do(Bridge{contact.id, arrangement.legs.back()});
    } else {
        turn.Do(Arrange{contact.id, std::move(arrangement)});
    }
}

// Rings somebody who shall take part.
Status Router::Invite(Contact& contact, Party party, const Destination& to, Turn& turn) {
    const bool supervisor = party.kind == Party::Kind::kSupervisor;
    if (!supervisor && CountParties(contact, false) + 2 >= kMostTalkers) {
        return Refusal("CONFERENCE_FULL", "eight take part already");
    }
    if (supervisor && CountParties(contact, true) >= kMostSupervisors) {
        return Refusal("TOO_MANY_SUPERVISORS", "four supervisors listen already");
    }
    const QueueSettings& queue = contact.home->settings;
    party.leg = LegId(DerivedId("party/" + contact.id.str() + "/" + std::to_string(contact.invitations + 1)));
    party.since = turn.now;
    if (to.kind == Destination::Kind::kNumber) {
        if (!IsDiallable(to.name)) {
            return Error{Code::kInvalidArgument, "INVALID_NUMBER", "a number has 2 to 32 of 0-9 * # and a leading +"};
        }
        if (queue.outbound.trunk.empty()) {
            return Refusal("NO_OUTBOUND", "queue " + queue.id.str() + " has no trunk to dial out on");
        }
        party.number = to.name;
        turn.Do(
            DialNumber{contact.id, party.leg, to.name, queue.outbound.trunk, queue.outbound.caller_number, kDialLimit});
    } else if (to.kind == Destination::Kind::kQueue) {
        return Error{Code::kInvalidArgument, "NOT_TO_QUEUE", "only an agent or a number can be invited"};
    } else if (party.kind == Party::Kind::kMoved) {
        if (!IsWord(to.name)) {
            return Error{Code::kInvalidArgument, "INVALID_PHONE", "a phone is one word"};
        }
        party.number = to.name;
        turn.Do(Ring{contact.id, contact.part->agent, to.name, party.leg, queue.ring_limit});
    } else {
        const Status rung = RingParty(contact, party, to.name, turn);
        if (!rung.ok()) {
            return rung;
        }
    }
    ++contact.invitations;
    contact.parties.push_back(std::move(party));
    Touch(contact, turn);
    return {};
}

Status Router::RingParty(Contact& contact, Party& party, const std::string& name, Turn& turn) {
    Agent* target = nullptr;
    if (party.kind == Party::Kind::kSupervisor) {
        target = Find(AgentId(name));
    } else {
        const auto ready = ReadyAgent(name);
        if (!ready.ok()) {
            return ready.error();
        }
        target = *ready;
        if (!Move(*target, AgentEvent::kOffer, {"", "system", contact.id}, turn)) {
            return Refusal("TARGET_AWAY", "agent " + name + " is not ready");
        }
    }
    party.agent = target->settings.id;
    const bool supervises = party.kind == Party::Kind::kSupervisor;
    turn.Do(Ring{contact.id, party.agent, target->settings.phone, party.leg, contact.home->settings.ring_limit,
                 supervises});
    return {};
}

void Router::PartyAnswered(Contact& contact, Party& party, Turn& turn) {
    party.up = true;
    party.since = turn.now;
    Touch(contact, turn);
    Agent* agent = party.kind == Party::Kind::kSupervisor ? nullptr : Find(party.agent);
    if (agent != nullptr && agent->status.contact == contact.id && agent->status.state == AgentState::kReserved) {
        Move(*agent, AgentEvent::kBridge, {"", "system", contact.id}, turn);
    }
    if (party.kind == Party::Kind::kMoved) {
        const LegId old = std::exchange(contact.part->leg, party.leg);
        const bool held_by_phone = std::exchange(contact.part->phone_held, false);
        std::erase_if(contact.parties, [&](const Party& each) { return each.kind == Party::Kind::kMoved; });
        if (held_by_phone && !contact.part->consults) {
            TakeBack(contact, turn);
        }
        Rearrange(contact, turn);
        turn.Do(DropLeg{contact.id, old});
    } else if (contact.state == ContactState::kTransferring) {
        const Party heir = party;
        Succeed(contact, heir, "TRANSFERRED", turn);
    } else if (party.supervision == Supervision::kTakeOver) {
        const Party heir = party;
        (void)TakeOver(contact, heir, turn);
    } else {
        Rearrange(contact, turn);
    }
}

// `heir` has the contact from now on, and the agent who had it is done.
void Router::Succeed(Contact& contact, const Party& heir, const char* reason, Turn& turn) {
    std::erase_if(contact.parties, [&](const Party& each) { return each.leg == heir.leg; });
    const std::string target = heir.agent.empty() ? heir.number : heir.agent.str();
    if (contact.state == ContactState::kTransferring) {
        Move(contact, ContactEvent::kTransferred, turn);
    } else {
        const Part& part = *contact.part;
        contact.transfer = Transfer{target, part.agent, part.leg, part.number, ++contact.transfers, false, true};
    }
    TellTransfer(contact, true, heir.agent, turn);
    contact.transfer.reset();
    const std::optional<Part> before = contact.part;
    if (before) {
        EndPart(contact, reason, turn);
    }
    contact.part = Part{heir.agent, heir.leg, ++contact.parts, turn.now, {}, {}, false};
    Rearrange(contact, turn);
    if (before) {
        turn.Do(DropLeg{contact.id, before->leg});
    }
}

// The router ends a party's part.
void Router::DropParty(Contact& contact, const LegId& leg, Turn& turn) {
    turn.Do(DropLeg{contact.id, leg});
    PartyEnded(contact, *FindParty(contact, leg), std::nullopt, turn);
}

void Router::DropSupervisors(Contact& contact, Turn& turn) {
    while (const Party* party = FindParty(contact, Party::Kind::kSupervisor)) {
        turn.Do(DropLeg{contact.id, party->leg});
        TellParty(contact, *party, "DROPPED", turn);
        const LegId leg = party->leg;
        std::erase_if(contact.parties, [&](const Party& each) { return each.leg == leg; });
    }
}

// A party is gone: by itself with `end`, or by us.
void Router::PartyEnded(Contact& contact, const Party& party, std::optional<LegEnd> end, Turn& turn) {
    const Party gone = party;
    std::erase_if(contact.parties, [&](const Party& each) { return each.leg == gone.leg; });
    Touch(contact, turn);
    TellParty(contact, gone, !end ? "DROPPED" : gone.up ? "HUNG_UP" : "NOT_ANSWERED", turn);
    ReleaseParty(contact, gone, end, turn);
    if (contact.state == ContactState::kTransferring && gone.kind == Party::Kind::kConsulted) {
        TransferFailed(contact, turn);
    } else if (!contact.part || gone.kind == Party::Kind::kMoved) {
        return;
    } else if (gone.kind == Party::Kind::kConsulted && contact.part->consults) {
        ReturnToCustomer(contact, turn);
    } else if (gone.up) {
        Rearrange(contact, turn);
    }
}

// The agent behind a party is free again; one who did not answer is set not ready, as after any offer.
void Router::ReleaseParty(const Contact& contact, const Party& gone, std::optional<LegEnd> end, Turn& turn) {
    Agent* agent = gone.kind == Party::Kind::kSupervisor ? nullptr : Find(gone.agent);
    if (agent == nullptr || agent->status.contact != contact.id) {
        return;
    }
    if (agent->status.state == AgentState::kReserved && end) {
        Move(*agent, AgentEvent::kOfferMissed, {AgentReason(*end), "system", contact.id}, turn);
    } else if (agent->status.state == AgentState::kReserved) {
        GiveBack(*agent, contact.id, turn);
    } else if (Move(*agent, AgentEvent::kContactLeft, {"CONSULTED", "system", contact.id}, turn)) {
        const std::optional<NextState> next = std::exchange(agent->status.next, std::nullopt);
        const bool rest = next && next->state == AgentState::kNotReady;
        Move(*agent, rest ? AgentEvent::kWrapUpOverNotReady : AgentEvent::kWrapUpOver,
             {rest ? next->reason : "", "system", {}}, turn);
        if (!rest) {
            SeekContact(*agent, turn);
        }
    }
}

void Router::TellParty(const Contact& contact, const Party& party, const char* reason, Turn& turn) {
    turn.Tell(
        PartyLeft{contact.id, contact.queue, party, contact.part ? contact.part->agent : AgentId{}, turn.now, reason});
}

// The agent who had the contact hung up. With somebody else in the conversation it goes on: true.
bool Router::GoesOn(Contact& contact, Turn& turn) {
    const Party* heir = FindParty(contact, Party::Kind::kConsulted);
    if (heir == nullptr || !heir->up) {
        const auto member = std::find_if(contact.parties.begin(), contact.parties.end(), [](const Party& party) {
            return party.kind == Party::Kind::kMember && !party.agent.empty();
        });
        heir = member != contact.parties.end() ? &*member : FindParty(contact, Party::Kind::kMember);
    }
    if (heir == nullptr || !heir->up) {
        return false;
    }
    const Party copy = *heir;
    Succeed(contact, copy, "TRANSFERRED", turn);
    return true;
}

// The agent is taken for a contact that he asked for himself; afterwards he is as he was before.
Status Router::Seize(Agent& agent, const ContactId& contact, Turn& turn) {
    const AgentState state = agent.status.state;
    if (state == AgentState::kLoggedOut) {
        return Refusal("AGENT_LOGGED_OUT", "agent " + agent.settings.id.str() + " is not logged in");
    }
    if (state != AgentState::kReady && state != AgentState::kNotReady) {
        return Refusal("AGENT_BUSY", "agent " + agent.settings.id.str() + " is " + std::string(ToText(state)));
    }
    if (state == AgentState::kNotReady) {
        agent.status.next = NextState{AgentState::kNotReady, agent.status.reason};
    }
    Move(agent, state == AgentState::kReady ? AgentEvent::kOffer : AgentEvent::kSeize, {"", "system", contact}, turn);
    return {};
}

// Rings the phone of an agent who was seized.
void Router::RingOwn(Contact& contact, Agent& agent, Turn& turn) {
    const Duration limit = contact.home->settings.ring_limit;
    ++contact.attempt;
    const LegId leg = LegOf(contact.segment_id, contact.attempt);
    contact.offer = Offer{agent.settings.id, leg, contact.attempt, turn.now, false, turn.now + limit + kGrace};
    wake_ups_.Add({contact.offer->given_up, WakeUp::Kind::kOffer, contact.ticket});
    Touch(contact, turn);
    RingEndpoint(contact, agent, *contact.offer, turn);
}

}  // namespace trunkline::acd

// What agents ask of their conversations: hold, transfer, consult, conference, park, move, digits.
#include <algorithm>

#include "acd/domain/router.hpp"

namespace trunkline::acd {
namespace {

constexpr Duration kParkedAtMost = std::chrono::minutes(5);

}  // namespace

Error Refusal(const char* reason, const std::string& message) { return {Code::kFailedPrecondition, reason, message}; }

Party* FindParty(Contact& contact, const LegId& leg) {
    const auto found = std::find_if(contact.parties.begin(), contact.parties.end(),
                                    [&](const Party& party) { return party.leg == leg; });
    return found == contact.parties.end() ? nullptr : &*found;
}

Party* FindParty(Contact& contact, Party::Kind kind) {
    const auto found = std::find_if(contact.parties.begin(), contact.parties.end(),
                                    [&](const Party& party) { return party.kind == kind; });
    return found == contact.parties.end() ? nullptr : &*found;
}

Status Router::On(const AgentAsked& event, Turn& turn) {
    Agent* agent = Find(event.agent);
    if (agent == nullptr) {
        return NoSuch("agent", event.agent.str());
    }
    return std::visit([&](const auto& what) { return Ask(*agent, what, turn); }, event.what);
}

// The contact that he has in hand.
Result<Contact*> Router::TalkOf(const Agent& agent) {
    Contact* contact = Find(agent.status.contact);
    const bool has_it = contact != nullptr && contact->part && contact->part->agent == agent.settings.id;
    if (!has_it || contact->state != ContactState::kConnected) {
        return Refusal("NO_CONTACT", "agent " + agent.settings.id.str() + " has no contact that he talks with");
    }
    return contact;
}

// As TalkOf, and nobody else takes part but supervisors.
Result<Contact*> Router::PlainTalkOf(const Agent& agent) {
    const auto contact = TalkOf(agent);
    if (!contact.ok()) {
        return contact;
    }
    if (FindParty(**contact, Party::Kind::kConsulted) != nullptr) {
        return Refusal("CONSULTING", "end the consultation first");
    }
    if (FindParty(**contact, Party::Kind::kMember) != nullptr) {
        return Refusal("IN_CONFERENCE", "others take part; take them out first");
    }
    return contact;
}

Result<Agent*> Router::ReadyAgent(const std::string& name) {
    Agent* target = FindByPhone(name);
    target = target == nullptr ? Find(AgentId(name)) : target;
    if (target == nullptr) {
        return Error{Code::kNotFound, "NO_SUCH_TARGET", "nobody has the id or extension '" + name + "'"};
    }
    if (target->status.state != AgentState::kReady) {
        return Refusal("TARGET_AWAY", "agent " + target->settings.id.str() + " is not ready");
    }
    return target;
}

Status Router::Ask(Agent& agent, const ask::Hold& what, Turn& turn) {
    const auto contact = PlainTalkOf(agent);
    if (!contact.ok()) {
        return contact.error();
    }
    if (what.hold) {
        Park(**contact, turn);
    } else if ((*contact)->part->phone_held) {
        return Refusal("HELD_BY_PHONE", "the phone holds the call; resume there");
    } else {
        TakeBack(**contact, turn);
    }
    return {};
}

Status Router::Ask(Agent& agent, const ask::Transfer& what, Turn& turn) {
    const auto found = PlainTalkOf(agent);
    if (!found.ok()) {
        return found.error();
    }
    Contact& contact = **found;
    if (what.to.kind == Destination::Kind::kQueue) {
        if (Find(QueueId(what.to.name)) == nullptr) {
            return NoSuch("queue", what.to.name);
        }
        TransferToQueue(contact, QueueId(what.to.name), false, turn);
        return {};
    }
    if (what.to.kind == Destination::Kind::kNumber) {
        return TransferToNumber(contact, what.to.name, turn);
    }
    const auto target = ReadyAgent(what.to.name);
    if (!target.ok()) {
        return target.error();
    }
    Transfer transfer;
    transfer.target = what.to.name;
    transfer.by_phone = false;
    TransferToAgent(contact, **target, std::move(transfer), turn);
    return {};
}

// The customer hears music until the number answers; the agent is told how it went by what he hears then.
Status Router::TransferToNumber(Contact& contact, const std::string& number, Turn& turn) {
    const Part part = *contact.part;
    const Status invited = Invite(contact, {Party::Kind::kConsulted}, {Destination::Kind::kNumber, number}, turn);
    if (!invited.ok()) {
        return invited;
    }
    contact.transfer = Transfer{number, part.agent, part.leg, part.number, ++contact.transfers, false};
    Move(contact, ContactEvent::kTransferBegun, turn);
    Park(contact, turn);
    return {};
}

Status Router::Ask(Agent& agent, const ask::Consult& what, Turn& turn) {
    const auto found = TalkOf(agent);
    if (!found.ok()) {
        return found.error();
    }
    Contact& contact = **found;
    if (FindParty(contact, Party::Kind::kConsulted) != nullptr) {
        return Refusal("CONSULTING", "somebody is being consulted already");
    }
    const Status invited = Invite(contact, {Party::Kind::kConsulted}, what.to, turn);
    if (!invited.ok()) {
        return invited;
    }
    LeaveCustomer(contact, turn);
    turn.Do(PlayRinging{contact.id, contact.part->leg});
    return {};
}

// The agent turns to the consulted party; unless a conference goes on without him, the customer hears music.
void Router::LeaveCustomer(Contact& contact, Turn& turn) {
    contact.part->consults = true;
    if (FindParty(contact, Party::Kind::kMember) == nullptr) {
        Park(contact, turn);
    } else {
        Rearrange(contact, turn);
    }
}

void Router::ReturnToCustomer(Contact& contact, Turn& turn) {
    contact.part->consults = false;
    if (contact.part->held_since && !contact.part->phone_held) {
        TakeBack(contact, turn);
    } else {
        Rearrange(contact, turn);
    }
}

Status Router::Ask(Agent& agent, const ask::Return& /*what*/, Turn& turn) {
    const auto consulted = ConsultedBy(agent, false);
    if (!consulted.ok()) {
        return consulted.error();
    }
    DropParty(**TalkOf(agent), (*consulted)->leg, turn);
    return {};
}

// The party that he consults; `up`: it must have answered.
Result<Party*> Router::ConsultedBy(const Agent& agent, bool up) {
    const auto contact = TalkOf(agent);
    if (!contact.ok()) {
        return contact.error();
    }
    Party* party = FindParty(**contact, Party::Kind::kConsulted);
    if (party == nullptr) {
        return Refusal("NOT_CONSULTING", "nobody is being consulted");
    }
    if (up && !party->up) {
        return Refusal("CONSULT_RINGING", "the consulted party has not answered yet");
    }
    return party;
}

Status Router::Ask(Agent& agent, const ask::Swap& /*what*/, Turn& turn) {
    const auto consulted = ConsultedBy(agent, true);
    if (!consulted.ok()) {
        return consulted.error();
    }
    Contact& contact = **TalkOf(agent);
    if (contact.part->consults) {
        const LegId waiting = (*consulted)->leg;
        ReturnToCustomer(contact, turn);
        turn.Do(PlayMusic{contact.id, waiting});
    } else {
        LeaveCustomer(contact, turn);
    }
    return {};
}

Status Router::Ask(Agent& agent, const ask::Complete& /*what*/, Turn& turn) {
    const auto consulted = ConsultedBy(agent, true);
    if (!consulted.ok()) {
        return consulted.error();
    }
    const Party heir = **consulted;
    Succeed(**TalkOf(agent), heir, "TRANSFERRED", turn);
    return {};
}

Status Router::Ask(Agent& agent, const ask::Join& /*what*/, Turn& turn) {
    const auto consulted = ConsultedBy(agent, true);
    if (!consulted.ok()) {
        return consulted.error();
    }
    (*consulted)->kind = Party::Kind::kMember;
    ReturnToCustomer(**TalkOf(agent), turn);
    return {};
}

Status Router::Ask(Agent& agent, const ask::Drop& what, Turn& turn) {
    const auto contact = TalkOf(agent);
    if (!contact.ok()) {
        return contact.error();
    }
    const Party* party = FindParty(**contact, what.leg);
    if (party == nullptr || party->kind == Party::Kind::kSupervisor) {
        return Error{Code::kNotFound, "NO_SUCH_PARTY", "nobody takes part with the leg " + what.leg.str()};
    }
    DropParty(**contact, what.leg, turn);
    return {};
}

Status Router::Ask(Agent& agent, const ask::Park& /*what*/, Turn& turn) {
    const auto found = PlainTalkOf(agent);
    if (!found.ok()) {
        return found.error();
    }
    Contact& contact = **found;
    const LegId leg = contact.part->leg;
    DropSupervisors(contact, turn);
    Move(contact, ContactEvent::kParked, turn);
    contact.parked_by = agent.settings.id;
    contact.recall = turn.now + kParkedAtMost;
    wake_ups_.Add({contact.recall, WakeUp::Kind::kParked, contact.ticket});
    turn.Do(Unbridge{contact.id});
    turn.Do(PlayMusic{contact.id});
    turn.Do(DropLeg{contact.id, leg});
    turn.Tell(ContactParked{contact.id, agent.settings.id, contact.queue});
    EndPart(contact, "PARKED", turn);
    return {};
}

// Nobody has picked it up in time: back to its queue, at the place of its first arrival.
void Router::Recall(Contact& contact, TimePoint due, Turn& turn) {
    if (contact.state == ContactState::kParked && contact.recall == due) {
        contact.recall = {};
        Requeue(contact, contact.queue, turn);
    }
}

Status Router::Ask(Agent& agent, const ask::PickUp& what, Turn& turn) {
    Contact* contact = Find(what.contact);
    if (contact == nullptr) {
        return NoSuch("contact", what.contact.str());
    }
    if (contact->state != ContactState::kParked) {
        return Refusal("NOT_PARKED", "the contact is " + std::string(ToText(contact->state)) + ", not parked");
    }
    const Status seized = Seize(agent, contact->id, turn);
    if (!seized.ok()) {
        return seized;
    }
    contact->transfer =
        Transfer{agent.settings.id.str(), contact->parked_by, {}, contact->parts, ++contact->transfers, false};
    Move(*contact, ContactEvent::kTransferBegun, turn);
    RingOwn(*contact, agent, turn);
    return {};
}

Status Router::Ask(Agent& agent, const ask::MoveTo& what, Turn& turn) {
    const auto contact = TalkOf(agent);
    if (!contact.ok()) {
        return contact.error();
    }
    if (FindParty(**contact, Party::Kind::kMoved) != nullptr) {
        return Refusal("MOVING", "another phone is ringing already");
    }
    return Invite(**contact, {Party::Kind::kMoved}, what.to, turn);
}

Status Router::Ask(Agent& agent, const ask::SendDigits& what, Turn& turn) {
    const auto contact = TalkOf(agent);
    if (!contact.ok()) {
        return contact.error();
    }
    const bool valid = what.digits.find_first_not_of("0123456789*#ABCD,") == std::string::npos;
    if (what.digits.empty() || what.digits.size() > 64 || !valid) {
        return Error{Code::kInvalidArgument, "INVALID_DIGITS", "digits are 1 to 64 of 0-9 * # A-D, a comma waits"};
    }
    const Party* consulted = FindParty(**contact, Party::Kind::kConsulted);
    const bool to_consulted = (*contact)->part->consults && consulted != nullptr;
    turn.Do(SendDigits{(*contact)->id, to_consulted ? consulted->leg : LegId{}, what.digits});
    return {};
}

Status Router::Ask(Agent& agent, const ask::PauseRecording& what, Turn& turn) {
    const auto contact = TalkOf(agent);
    if (!contact.ok()) {
        return contact.error();
    }
    if ((*contact)->home->settings.recording == Recording::kNever) {
        return Refusal("NOT_RECORDED", "the queue's calls are not recorded");
    }
    turn.Do(PauseRecording{(*contact)->id, what.paused});
    return {};
}

Status Router::Ask(Agent& agent, const ask::Mute& what, Turn& turn) {
    Contact* contact = Find(agent.status.contact);
    Party* party = contact == nullptr ? nullptr : PartyOf(*contact, agent.settings.id);
    if (party == nullptr) {
        const auto talk = TalkOf(agent);
        if (!talk.ok()) {
            return talk.error();
        }
        (*talk)->part->muted = what.mute;
    } else {
        party->muted = what.mute;
    }
    Rearrange(*contact, turn);
    return {};
}

Status Router::Ask(Agent& agent, const ask::HangUp& /*what*/, Turn& turn) {
    Contact* contact = Find(agent.status.contact);
    if (contact == nullptr || !HasContact(agent.status.state)) {
        return Refusal("NO_CONTACT", "agent " + agent.settings.id.str() + " has no contact");
    }
    if (const Party* party = PartyOf(*contact, agent.settings.id); party != nullptr) {
        DropParty(*contact, party->leg, turn);
    } else if (contact->part && contact->part->agent == agent.settings.id && contact->part->consults) {
        return Ask(agent, ask::Return{}, turn);
    } else if (contact->part && FindParty(*contact, Party::Kind::kMember) != nullptr) {
        turn.Do(DropLeg{contact->id, contact->part->leg});
    } else if (contact->part || contact->outbound) {
        turn.Do(HangUp{contact->id});
    } else if (contact->offer) {
        turn.Do(DropLeg{contact->id, contact->offer->leg});
    }
    return {};
}

}  // namespace trunkline::acd

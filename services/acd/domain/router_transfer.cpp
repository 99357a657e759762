// An agent gives his contact to another agent or to a queue.
#include "acd/domain/router.hpp"

namespace trunkline::acd {

Status Router::On(const TransferRequested& event, Turn& turn) {
    Contact* contact = Find(event.contact);
    if (contact == nullptr) {
        return NoSuch("contact", event.contact.str());
    }
    const auto refuse = [&](TransferAnswer answer) {
        turn.Do(AnswerTransfer{contact->id, event.leg, answer});
        return Status{};
    };
    const bool alone =
        FindParty(*contact, Party::Kind::kConsulted) == nullptr && FindParty(*contact, Party::Kind::kMember) == nullptr;
    if (!contact->part || contact->part->leg != event.leg || contact->state != ContactState::kConnected || !alone) {
        return refuse(TransferAnswer::kNotNow);
    }
    if (event.attended) {
        return refuse(TransferAnswer::kNotSupported);
    }
    if (queues_.contains(QueueId(event.target))) {
        TransferToQueue(*contact, QueueId(event.target), true, turn);
        return {};
    }
    Agent* target = FindByPhone(event.target);
    target = target == nullptr ? Find(AgentId(event.target)) : target;
    if (target == nullptr) {
        return refuse(TransferAnswer::kUnknownTarget);
    }
    if (target->status.state != AgentState::kReady) {
        return refuse(TransferAnswer::kTargetAway);
    }
    Transfer transfer;
    transfer.target = event.target;
    TransferToAgent(*contact, *target, std::move(transfer), turn);
    return {};
}

// `transfer` says who is asked for and how.
void Router::TransferToAgent(Contact& contact, Agent& target, Transfer transfer, Turn& turn) {
    DropSupervisors(contact, turn);
    const Part& part = *contact.part;
    if (transfer.by_phone) {
        turn.Do(AnswerTransfer{contact.id, part.leg, TransferAnswer::kAccepted});
    }
    transfer.from_agent = part.agent;
    transfer.from_leg = part.leg;
    transfer.part = part.number;
    transfer.number = ++contact.transfers;
    contact.transfer = transfer;
    Move(contact, ContactEvent::kTransferBegun, turn);
    Park(contact, turn);
    MakeOffer(contact, target, turn);
}

void Router::TransferToQueue(Contact& contact, const QueueId& queue, bool by_phone, Turn& turn) {
    DropSupervisors(contact, turn);
    const Part part = *contact.part;
    if (by_phone) {
        turn.Do(AnswerTransfer{contact.id, part.leg, TransferAnswer::kAccepted});
        turn.Do(ReportTransfer{contact.id, part.leg, true});
    }
    turn.Do(Unbridge{contact.id});
    turn.Do(DropLeg{contact.id, part.leg});
    contact.transfer = Transfer{queue.str(), part.agent, part.leg, part.number, ++contact.transfers, by_phone};
    TellTransfer(contact, true, {}, turn);
    contact.transfer.reset();
    EndPart(contact, "TRANSFERRED", turn);
    Requeue(contact, queue, turn);
}

// Back to the agent who asked, if he is still there; otherwise to the queue, at the place of his first arrival.
void Router::TransferFailed(Contact& contact, Turn& turn) {
    TellTransfer(contact, false, {}, turn);
    const bool by_phone = contact.transfer->by_phone;
    contact.transfer.reset();
    if (!contact.part && contact.recall != TimePoint{}) {
        // Whoever wanted to pick it up did not; it stays where it was.
        Move(contact, ContactEvent::kParked, turn);
        wake_ups_.Add({contact.recall, WakeUp::Kind::kParked, contact.ticket});
        return;
    }
    if (!contact.part) {
        Requeue(contact, contact.queue, turn);
        return;
    }
    if (by_phone) {
        turn.Do(ReportTransfer{contact.id, contact.part->leg, false});
    }
    Move(contact, ContactEvent::kTransferReturned, turn);
    if (!contact.part->phone_held) {
        TakeBack(contact, turn);
    }
}

void Router::TellTransfer(const Contact& contact, bool completed, const AgentId& to_agent, Turn& turn) {
    const Transfer& transfer = *contact.transfer;
    turn.Tell(ContactTransferred{contact.id, transfer.from_agent, transfer.target, transfer.number, completed, to_agent,
                                 transfer.attended});
}

Agent* Router::FindByPhone(const std::string& phone) {
    const auto found = phones_.find(phone);
    return found == phones_.end() ? nullptr : Find(found->second);
}

}  // namespace trunkline::acd

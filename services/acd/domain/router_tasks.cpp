// Tasks: contacts without a call, such as letters, chats and orders. An agent may have several at once; he takes them,
// declines them, gives them on and closes them by asking.
#include <algorithm>

#include "acd/domain/router.hpp"

namespace trunkline::acd {
namespace {

constexpr const char* kTransferred = "TRANSFERRED";
constexpr const char* kCompleted = "COMPLETED";
constexpr const char* kSilent = "SILENT";
constexpr const char* kAgentLost = "AGENT_LOST";

}  // namespace

// Whether it can be queued.
Status Router::CheckTask(const ContactArrived& event) const {
    const Lane* lane = media_.LaneOf(event.medium, event.label);
    if (lane == nullptr) {
        return NoSuch("medium", event.medium);
    }
    if (lane->medium->telephone) {
        return Error{Code::kInvalidArgument, "MEDIUM_IS_TELEPHONE", "calls come by the telephone gateway alone"};
    }
    const auto queue = queues_.find(event.queue);
    if (queue == queues_.end()) {
        return NoSuch("queue", event.queue.str());
    }
    if (queue->second.FirstRowOf(lane) == nullptr) {
        return Refusal("MEDIUM_NOT_TAKEN", "queue " + event.queue.str() + " does not take the medium " + event.medium +
                                               "; name it in the queue's media");
    }
    if (contacts_.size() >= kRoomForContacts) {
        return Error{Code::kResourceExhausted, "TOO_MANY_CONTACTS",
                     "100000 contacts are here already; try again later"};
    }
    return {};
}

// His contact, once he has taken it.
Result<Contact*> Router::TaskOf(const Agent& agent, const ContactId& id) {
    Contact* contact = Find(id);
    const AgentId& who = agent.settings.id;
    const bool has =
        contact != nullptr && !contact->IsCall() &&
        ((contact->part && contact->part->agent == who) || (contact->wrap_up && contact->wrap_up->agent == who));
    if (!has) {
        return Refusal("NO_CONTACT", "agent " + who.str() + " does not have the contact " + id.str());
    }
    return contact;
}

Offer* Router::OfferTo(Contact& contact, const AgentId& agent) {
    for (Offer* offer : OffersOf(contact)) {
        if (offer->agent == agent) {
            return offer;
        }
    }
    return nullptr;
}

Status Router::Ask(Agent& agent, const ask::Accept& what, Turn& turn) {
    if (TaskOf(agent, what.contact).ok()) {
        return {};
    }
    Contact* contact = Find(what.contact);
    Offer* offer = contact == nullptr || contact->IsCall() ? nullptr : OfferTo(*contact, agent.settings.id);
    if (offer == nullptr) {
        return Refusal("NOT_OFFERED", "contact " + what.contact.str() + " is not offered to the agent any more");
    }
    if (offer != &*contact->offer) {
        std::swap(*offer, *contact->offer);
    }
    Connect(*contact, turn);
    return {};
}

Status Router::Ask(Agent& agent, const ask::Decline& what, Turn& turn) {
    Contact* contact = Find(what.contact);
    const Offer* offer = contact == nullptr || contact->IsCall() ? nullptr : OfferTo(*contact, agent.settings.id);
    if (offer == nullptr) {
        return Refusal("NOT_OFFERED", "contact " + what.contact.str() + " is not offered to the agent any more");
    }
    const LegId leg = offer->leg;
    EndOffer(*contact, leg, LegEnd::kRejected, turn);
    return {};
}

Status Router::Ask(Agent& agent, const ask::Finish& what, Turn& turn) {
    const auto found = TaskOf(agent, what.contact);
    if (!found.ok()) {
        return found.error();
    }
    Contact& contact = **found;
    if (contact.wrap_up) {
        EndTaskWrapUp(contact, false, turn);
        return {};
    }
    if (contact.state != ContactState::kConnected) {
        return Refusal("TRANSFERRING", "the contact is being given to somebody else");
    }
    Move(contact, ContactEvent::kGone, turn);
    EndPart(contact, kCompleted, turn);
    CloseTask(contact, kCompleted, turn);
    return {};
}

Status Router::Ask(Agent& agent, const ask::Give& what, Turn& turn) {
    const auto contact = TaskOf(agent, what.contact);
    return contact.ok() ? GiveTo(**contact, what.to, turn) : Status(contact.error());
}

Status Router::On(const TaskGiven& event, Turn& turn) {
    Contact* contact = Find(event.contact);
    if (contact == nullptr || contact->IsCall()) {
        return NoSuch("contact", event.contact.str());
    }
    return GiveTo(*contact, event.to, turn);
}

// To another queue, or to an agent who can take it now; from whoever has it, or from the line it waits in.
Status Router::GiveTo(Contact& contact, const Destination& to, Turn& turn) {
    const bool waits = contact.state == ContactState::kWaiting;
    if (!waits && contact.state != ContactState::kConnected) {
        return Refusal("CONTACT_BUSY", "the contact is being offered or is closed");
    }
    if (to.kind == Destination::Kind::kNumber) {
        return Refusal("NOT_A_CALL", "a contact without a call is given to an agent or a queue");
    }
    if (to.kind == Destination::Kind::kQueue) {
        const Queue* queue = Find(QueueId(to.name));
        if (queue == nullptr) {
            return NoSuch("queue", to.name);
        }
        if (queue->FirstRowOf(contact.lane) == nullptr) {
            return Refusal("MEDIUM_NOT_TAKEN", "queue " + to.name + " does not take the medium " + contact.medium);
        }
        if (!waits) {
            TransferToQueue(contact, QueueId(to.name), false, turn);
            return {};
        }
        LeaveLine(contact);
        Move(contact, ContactEvent::kOverflowed, turn);
        EndSegment(contact, Outcome::kFlowOut, {QueueId(to.name), "", "GIVEN"}, turn);
        BeginSegment(contact, QueueId(to.name), turn);
        return {};
    }
    Agent* target = FindByPhone(to.name);
    target = target == nullptr ? Find(AgentId(to.name)) : target;
    if (target == nullptr) {
        return Error{Code::kNotFound, "NO_SUCH_TARGET", "nobody has the id or extension '" + to.name + "'"};
    }
    if (closed_ || (OpenFor(*target) & contact.lane->Bit()) == 0) {
        return Refusal("TARGET_AWAY", "agent " + to.name + " is away or has no room for it now");
    }
    if (waits) {
        LeaveLine(contact);
        MakeOffer(contact, *target, turn);
        return {};
    }
    Transfer transfer;
    transfer.target = to.name;
    transfer.by_phone = false;
    TransferToAgent(contact, *target, std::move(transfer), turn);
    return {};
}

// An offer was not taken: as with a call he is not ready any more, at once or after what he is doing.
void Router::MissTask(Agent& agent, Contact& contact, LegEnd end, Turn& turn) {
    Vacate(agent, contact);
    const std::string reason = AgentReason(end);
    if (agent.status.state == AgentState::kReady) {
        Move(agent, AgentEvent::kSetNotReady, {reason, "system", contact.id}, turn);
        CountMiss(agent, MissOf(end), contact.home->settings, turn);
    } else if (UsesTelephone(agent.status.state)) {
        agent.status.next = NextState{AgentState::kNotReady, reason};
        turn.out.agents.push_back({agent.settings.id, contact.id});
    }
}

// His part has been told. What he gave on needs no wrap-up.
void Router::EndTaskPart(Contact& contact, const Part& part, std::string_view reason, Turn& turn) {
    contact.part.reset();
    contact.answer_due = {};
    Touch(contact, turn);
    Agent* agent = Find(part.agent);
    const Duration limit = contact.lane->medium->wrap_up;
    if (agent != nullptr && contact.state == ContactState::kDone && limit > Duration::zero()) {
        contact.wrap_up = WrapUp{part.agent, part.number, part.start, turn.now, turn.now + limit};
        wake_ups_.Add({contact.wrap_up->ends, WakeUp::Kind::kTaskWrapUp, contact.ticket});
        return;
    }
    turn.Tell(WrapUpEnded{contact.id, AgentSegmentOf(contact.id, part.number), part.agent, {}, false});
    if (reason != kAgentLost) {
        contact.home->handling.Add(turn.now - part.start);
    }
    if (agent != nullptr) {
        Vacate(*agent, contact);
        agent->status.idle_since = agent->status.state == AgentState::kReady ? turn.now : agent->status.idle_since;
        turn.out.agents.push_back({part.agent, contact.id});
        SeekContact(*agent, turn);
    }
}

void Router::EndTaskWrapUp(Contact& contact, bool timed_out, Turn& turn) {
    const WrapUp wrap_up = *contact.wrap_up;
    turn.Tell(WrapUpEnded{contact.id, AgentSegmentOf(contact.id, wrap_up.part), wrap_up.agent, turn.now - wrap_up.began,
                          timed_out});
    contact.home->handling.Add(turn.now - wrap_up.handled_since);
    Agent* agent = Find(wrap_up.agent);
    if (agent != nullptr) {
        Vacate(*agent, contact);
        agent->status.idle_since = agent->status.state == AgentState::kReady ? turn.now : agent->status.idle_since;
        turn.out.agents.push_back({wrap_up.agent, contact.id});
    }
    Erase(contact, turn);
    if (agent != nullptr) {
        SeekContact(*agent, turn);
    }
}

// The matter is over, whoever ended it; somebody may have to wrap it up.
void Router::CloseTask(Contact& contact, const char* reason, Turn& turn) {
    contact.offer.reset();
    contact.rivals.clear();
    contact.transfer.reset();
    Touch(contact, turn);
    turn.Tell(ContactClosed{contact.id, contact.queue, contact.last_agent, contact.lane->medium->word,
                            contact.reference, reason, contact.first_arrived, turn.now});
    if (!contact.wrap_up) {
        Erase(contact, turn);
    }
}

// From an agent who cannot serve it to the queue it came from, at its old place.
void Router::ReturnTask(Contact& contact, const char* reason, Turn& turn) {
    EndPart(contact, reason, turn);
    Requeue(contact, contact.queue, turn);
}

bool Router::KeepsLogIn(const Agent& agent) const {
    return std::any_of(agent.tasks.begin(), agent.tasks.end(), [](const Contact* task) { return !task->wrap_up; });
}

// He is away. `all`: what he wraps up ends; otherwise those go back whose medium says so.
void Router::ReleaseTasks(Agent& agent, bool all, Turn& turn) {
    const std::vector<Contact*> tasks = agent.tasks;
    for (Contact* task : tasks) {
        if (task->wrap_up) {
            if (all) {
                EndTaskWrapUp(*task, false, turn);
            }
        } else if (task->lane->medium->returns_when_away && task->state == ContactState::kConnected) {
            ReturnTask(*task, kAgentLost, turn);
        }
    }
}

// The customer waits for the agent's answer from now on.
void Router::AwaitAnswer(Contact& contact, Turn& turn) {
    const Duration limit = contact.lane->medium->answer_limit;
    if (limit > Duration::zero() && contact.answer_due == TimePoint{}) {
        contact.answer_due = turn.now + limit;
        wake_ups_.Add({contact.answer_due, WakeUp::Kind::kAnswer, contact.ticket});
        Touch(contact, turn);
    }
}

Status Router::On(const TaskMoved& event, Turn& turn) {
    Contact* contact = Find(event.contact);
    if (contact == nullptr || contact->IsCall()) {
        return NoSuch("contact", event.contact.str());
    }
    if (event.by_agent) {
        contact->answer_due = {};
        Touch(*contact, turn);
    } else if (contact->part) {
        AwaitAnswer(*contact, turn);
    }
    return {};
}

void Router::OnTaskWakeUp(Contact& contact, const WakeUp& due, Turn& turn) {
    if (due.kind == WakeUp::Kind::kTaskWrapUp && contact.wrap_up && contact.wrap_up->ends == due.time) {
        EndTaskWrapUp(contact, true, turn);
    } else if (due.kind == WakeUp::Kind::kAnswer && contact.answer_due == due.time &&
               contact.state == ContactState::kConnected) {
        ReturnTask(contact, kSilent, turn);
    }
}

// Whoever was offered it, had it or wraps it up, has it again.
void Router::RestoreTask(Contact& contact, Turn& turn) {
    const auto take = [&](const AgentId& id) {
        if (Agent* agent = Find(id); agent != nullptr) {
            Occupy(*agent, contact, turn);
        }
    };
    for (Offer* offer : OffersOf(contact)) {
        take(offer->agent);
        GiveUpAt(*offer, contact, std::max(offer->given_up, turn.now));
    }
    if (contact.part) {
        take(contact.part->agent);
    }
    if (contact.wrap_up) {
        take(contact.wrap_up->agent);
        wake_ups_.Add({contact.wrap_up->ends, WakeUp::Kind::kTaskWrapUp, contact.ticket});
    }
    if (contact.answer_due != TimePoint{}) {
        wake_ups_.Add({contact.answer_due, WakeUp::Kind::kAnswer, contact.ticket});
    }
}

}  // namespace trunkline::acd

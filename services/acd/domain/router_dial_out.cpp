// Calls of our own: first the agent's phone rings, then the number is dialled. What goes wrong leaves the agent as he
// was before.
#include "acd/domain/router.hpp"

namespace trunkline::acd {
namespace {

constexpr Duration kDialLimit = std::chrono::seconds(60);
constexpr Duration kGrace = std::chrono::seconds(5);

}  // namespace

Status Router::Ask(Agent& agent, const ask::DialOut& what, Turn& turn) {
    Queue* queue = Find(what.queue);
    if (queue == nullptr) {
        return NoSuch("queue", what.queue.str());
    }
    const Outbound& outbound = queue->settings.outbound;
    if (outbound.trunk.empty()) {
        return Refusal("NO_OUTBOUND", "queue " + what.queue.str() + " has no trunk to dial out on");
    }
    if (!IsDiallable(what.number)) {
        return Error{Code::kInvalidArgument, "INVALID_NUMBER", "a number has 2 to 32 of 0-9 * # and a leading +"};
    }
    if (closed_) {
        return Error{Code::kUnavailable, "TELEPHONE_AWAY", "the telephone side is away; try again"};
    }
    const Status seized = Seize(agent, what.contact, turn);
    if (!seized.ok()) {
        return seized;
    }
    Contact& contact = contacts_[what.contact];
    contact.id = what.contact;
    contact.call = what.call;
    contact.from_number = what.number;
    contact.outbound = true;
    contact.lane = &media_.Telephone();
    contact.state = ContactState::kOffered;
    contact.queue = what.queue;
    contact.home = queue;
    contact.arrived = contact.queued = turn.now;
    contact.segment_id = SegmentOf(contact.id, ++contact.segment);
    contact.ticket = ++tickets_;
    contacts_by_ticket_[contact.ticket] = &contact;
    turn.Do(Originate{contact.id, contact.call, what.number, outbound.caller_number});
    RingOwn(contact, agent, turn);
    return {};
}

// The agent has picked up: now the number.
void Router::DialCustomer(Contact& contact, Turn& turn) {
    if (contact.callback) {
        DialBack(contact, turn);
        return;
    }
    const Outbound& outbound = contact.home->settings.outbound;
    contact.offer->given_up = turn.now + kDialLimit + kGrace;
    wake_ups_.Add({contact.offer->given_up, WakeUp::Kind::kOffer, contact.ticket});
    turn.Do(PlayRinging{contact.id, contact.offer->leg});
    turn.Do(DialNumber{contact.id, LegId{}, contact.from_number, outbound.trunk, outbound.caller_number, kDialLimit});
}

Status Router::On(const CustomerAnswered& event, Turn& turn) {
    Contact* contact = Find(event.contact);
    if (contact == nullptr) {
        return NoSuch("contact", event.contact.str());
    }
    if (contact->CallsBack()) {
        CallbackAnswered(*contact, turn);
    } else if (contact->outbound && contact->offer && contact->offer->answered) {
        WantRecording(*contact, turn);
        turn.Do(Bridge{contact->id, contact->offer->leg});
    }
    return {};
}

// The agent's own phone failed, or the number did not answer.
void Router::EndDialOut(Contact& contact, Turn& turn) {
    const Offer offer = *std::exchange(contact.offer, std::nullopt);
    Touch(contact, turn);
    Agent* agent = Find(offer.agent);
    if (agent != nullptr && agent->status.contact == contact.id) {
        GiveBack(*agent, contact.id, turn);
    }
    turn.Do(HangUp{contact.id});
}

}  // namespace trunkline::acd

// What is said about a callback: to the caller who asks for it while he waits, and to whoever answers when he is
// called.
#include <algorithm>

#include "acd/domain/router.hpp"

namespace trunkline::acd {
namespace {

constexpr uint32_t kMostMisses = 3;
// From the answer until the key: the greeting and the time to press it.
constexpr Duration kGreetingLimit = std::chrono::seconds(60);
constexpr Duration kGrace = std::chrono::seconds(5);
constexpr const char* kYes = "1";
constexpr const char* kOther = "2";

}  // namespace

bool Router::MayBeCalled(const CallbackNumber& number) const {
    return !number.key.empty() && !do_not_call_.contains(number.key);
}

// A caller who waits pressed the key; he goes on waiting while he is asked.
void Router::OfferCallback(Contact& contact, const KeyPressed& event, Turn& turn) {
    const QueueSettings& queue = contact.home->settings;
    if (contact.asking || contact.callback) {
        return;
    }
    const bool arranged = open_callbacks_.contains(event.caller.key);
    const bool possible = MayBeCalled(event.caller);
    if (arranged || callbacks_.size() >= kMostCallbacks || (!possible && !queue.callbacks.other_number)) {
        turn.Do(RefuseCallback{contact.id, arranged});
        return;
    }
    Touch(contact, turn);
    contact.asking = Asking{possible ? Asking::Step::kConfirm : Asking::Step::kNumber, event.caller, 0};
    turn.Do(AskCustomer{contact.id, possible ? Question::kConfirmNumber : Question::kNumber, event.caller.dial});
}

Status Router::On(const CallerKeyed& event, Turn& turn) {
    Contact* contact = Find(event.contact);
    if (contact == nullptr) {
        return NoSuch("contact", event.contact.str());
    }
    Touch(*contact, turn);
    if (!contact->asking || contact->state != ContactState::kWaiting || event.digits.empty()) {
        // He said nothing, or an agent is being rung for him: he goes on waiting.
        contact->asking.reset();
        if (contact->state == ContactState::kWaiting || contact->state == ContactState::kOffered) {
            turn.Do(PlayMusic{contact->id});
        }
        return {};
    }
    if (contact->asking->step == Asking::Step::kNumber) {
        TakeNumber(*contact, event.number, turn);
    } else if (event.digits == kYes) {
        AcceptCallback(*contact, event.data, turn);
    } else if (event.digits == kOther && contact->home->settings.callbacks.other_number) {
        contact->asking->step = Asking::Step::kNumber;
        turn.Do(AskCustomer{contact->id, Question::kNumber, ""});
    } else {
        contact->asking.reset();
        turn.Do(PlayMusic{contact->id});
    }
    return {};
}

// He keyed in a number; it is said back to him before it is taken.
void Router::TakeNumber(Contact& contact, const CallbackNumber& number, Turn& turn) {
    Asking& asking = *contact.asking;
    if (open_callbacks_.contains(number.key) || ++asking.misses > kMostMisses) {
        const bool arranged = open_callbacks_.contains(number.key);
        contact.asking.reset();
        turn.Do(RefuseCallback{contact.id, arranged});
        return;
    }
    if (!MayBeCalled(number)) {
        turn.Do(AskCustomer{contact.id, Question::kNumberAgain, ""});
        return;
    }
    asking.step = Asking::Step::kConfirm;
    asking.number = number;
    turn.Do(AskCustomer{contact.id, Question::kConfirmNumber, number.dial});
}

// His contact is over; in its place stands the first try to call him back.
void Router::AcceptCallback(Contact& contact, const std::map<std::string, std::string>& data, Turn& turn) {
    const QueueSettings& queue = contact.home->settings;
    const CallbackId id(contact.id.str());
    if (callbacks_.contains(id) || open_callbacks_.contains(contact.asking->number.key)) {
        contact.asking.reset();
        turn.Do(RefuseCallback{contact.id, true});
        return;
    }
    Callback& callback = callbacks_[id];
    callback.id = id;
    callback.number = contact.asking->number;
    callback.queue = contact.queue;
    callback.language = contact.language;
    callback.priority = contact.priority;
    callback.arrived = contact.arrived;
    callback.queued = contact.queued;
    callback.asked = turn.now;
    callback.expires = turn.now + queue.callbacks.expires_after;
    callback.data = data;
    open_callbacks_[callback.number.key] = id;
    Watch(callback);
    contact.asking.reset();
    LeaveLine(contact);
    EndSegment(contact, Outcome::kFlowOut, {{}, "callback:" + id.str(), "KEY"}, turn);
    Move(contact, ContactEvent::kGone, turn);
    contact.leaving = true;
    turn.Tell(CallbackRequested{contact.id, contact.queue, callback.number.dial, callback.expires});
    // Its ticket settles who goes first among equals, so it goes along.
    contacts_by_ticket_.erase(contact.ticket);
    const uint64_t place = std::exchange(contact.ticket, ++tickets_);
    contacts_by_ticket_[contact.ticket] = &contact;
    turn.Do(SayGoodbye{contact.id, "", true});
    BeginTry(callback, place, turn);
}

// Reaches for the agent: at once, or later when the customer has to be there first.
void Router::Reach(Contact& contact, Agent& agent, Offer& offer, Turn& turn) {
    if (!contact.CallsBack()) {
        RingEndpoint(contact, agent, offer, turn);
        return;
    }
    const Outbound& outbound = contact.home->settings.outbound;
    if (contact.call.empty()) {
        contact.call = CallId(DerivedId("callback-call/" + contact.id.str()));
        turn.Do(Originate{contact.id, contact.call, contact.from_number, outbound.caller_number});
    }
    if (!RingsLater(contact)) {
        RingEndpoint(contact, agent, offer, turn);
        return;
    }
    GiveUpAt(offer, contact, turn.now + contact.home->settings.callbacks.ring_limit + kGreetingLimit + kGrace);
    if (!contact.callback->dialled) {
        DialBack(contact, turn);
    }
}

// The agent is kept free and not rung yet.
bool Router::RingsLater(const Contact& contact) {
    return contact.CallsBack() && !contact.home->settings.callbacks.agent_first;
}

void Router::DialBack(Contact& contact, Turn& turn) {
    const QueueSettings& queue = contact.home->settings;
    const Duration limit = queue.callbacks.ring_limit + kGreetingLimit + kGrace;
    while (queue.callbacks.agent_first && !contact.rivals.empty()) {
        WithdrawRival(contact, contact.rivals.front().leg, turn);
    }
    if (contact.offer && contact.offer->answered) {
        GiveUpAt(*contact.offer, contact, turn.now + limit);
        turn.Do(PlayRinging{contact.id, contact.offer->leg});
    }
    Touch(contact, turn);
    if (!std::exchange(contact.callback->dialled, true)) {
        turn.Do(DialNumber{contact.id, LegId{}, contact.from_number, queue.outbound.trunk, queue.outbound.caller_number,
                           queue.callbacks.ring_limit});
    }
}

void Router::CallbackAnswered(Contact& contact, Turn& turn) {
    if (std::exchange(contact.callback->answered, true)) {
        return;
    }
    Touch(contact, turn);
    if (contact.home->settings.callbacks.confirms) {
        turn.Do(AskCustomer{contact.id, Question::kGreeting, ""});
    } else {
        ConfirmCallback(contact, turn);
    }
}

Status Router::On(const CallbackKeyed& event, Turn& turn) {
    Contact* contact = Find(event.contact);
    if (contact == nullptr) {
        return NoSuch("contact", event.contact.str());
    }
    if (!contact->CallsBack()) {
        return {};
    }
    Callback* callback = OpenCallbackOf(*contact);
    if (event.digits == kYes) {
        ConfirmCallback(*contact, turn);
    } else if (event.digits == kOther && callback != nullptr) {
        GiveUpCallback(*callback, "CANCELLED_BY_CUSTOMER", turn);
    } else {
        EndTry(*contact, "NOT_CONFIRMED", turn);
    }
    return {};
}

// The customer is on the line. From here on his contact is like any other.
void Router::ConfirmCallback(Contact& contact, Turn& turn) {
    const bool rings_now = RingsLater(contact);
    contact.callback->confirmed = true;
    Touch(contact, turn);
    if (contact.offer && contact.offer->answered) {
        GiveUpAt(*contact.offer, contact, turn.now + kGrace);
        WantRecording(contact, turn);
        turn.Do(Bridge{contact.id, contact.offer->leg});
        return;
    }
    turn.Do(PlayMusic{contact.id});
    if (!rings_now) {
        return;
    }
    for (Offer* offer : OffersOf(contact)) {
        GiveUpAt(*offer, contact, turn.now + contact.home->settings.ring_limit + kGrace);
        if (const Agent* agent = Find(offer->agent); agent != nullptr) {
            RingEndpoint(contact, *agent, *offer, turn);
        }
    }
}

// The agent was lost while the customer's phone only rang: nobody is there for him, so it stops. The contact waits and
// stands in no line.
bool Router::StopsRinging(Contact& contact, Turn& turn) {
    if (!contact.CallsBack() || !contact.callback->dialled || contact.callback->answered) {
        return false;
    }
    contact.dozes = true;
    EndTry(contact, "AGENT_LOST", turn);
    return true;
}

// Commands that were decided but never arrived are given again; the telephone side refuses what it has done already.
void Router::MendTry(Contact& contact, const ContactRestored& seen, Turn& turn) {
    for (const Offer* offer : OffersOf(contact)) {
        const Agent* agent = Find(offer->agent);
        if (agent != nullptr && !RingsLater(contact) && !seen.ringing.contains(offer->leg)) {
            RingEndpoint(contact, *agent, *offer, turn);
        }
    }
    if (contact.callback->dialled && !contact.callback->answered) {
        contact.callback->dialled = false;
        DialBack(contact, turn);
    } else if (contact.callback->answered && !seen.playing) {
        turn.Do(AskCustomer{contact.id, Question::kGreeting, ""});
    }
}

}  // namespace trunkline::acd

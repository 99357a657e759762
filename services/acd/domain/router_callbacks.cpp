// Callers who are called back when their turn comes: one contact for each try, which stands in the line where the
// caller stood. What is known of them between tries, and how they end.
#include <algorithm>

#include "acd/domain/router.hpp"

namespace trunkline::acd {
namespace {

// After a try that came to nothing through no fault of the customer.
constexpr Duration kShortPause = std::chrono::seconds(30);
// How long a done one is known, so that it is not begun again by what was kept with a call.
constexpr Duration kRemembered = std::chrono::hours(1);
// Of tries that do not count; a telephone side that fails at once must not be asked for ever.
constexpr uint32_t kMostContacts = 100;

bool IsFaultless(const std::string& result) { return result == "AGENT_LOST" || result == "SYSTEM_ERROR"; }

}  // namespace

Callback* Router::Find(const CallbackId& id) {
    const auto found = callbacks_.find(id);
    return found == callbacks_.end() ? nullptr : &found->second;
}

// The callback that this contact is a try of, unless it has ended.
Callback* Router::OpenCallbackOf(const Contact& contact) {
    Callback* callback = contact.callback ? Find(contact.callback->callback) : nullptr;
    return callback != nullptr && callback->open() ? callback : nullptr;
}

void Router::Store(Callback& callback, Turn& turn) {
    ++callback.version;
    turn.out.callbacks.push_back(callback.id);
}

// The contact of the next try; it is in no line yet.
Contact& Router::MakeTry(Callback& callback, uint64_t ticket) {
    const ContactId id = ContactOfTry(callback.id, callback.contacts);
    Contact& contact = contacts_[id];
    contact.id = id;
    contact.from_number = callback.number.dial;
    contact.language = callback.language;
    contact.priority = callback.priority;
    contact.arrived = callback.arrived;
    contact.callback = CallbackTry{callback.id, callback.contacts};
    contact.queue = callback.queue;
    contact.home = Find(callback.queue);
    contact.lane = &media_.Telephone();
    contact.queued = callback.queued;
    contact.segment = 1;
    contact.segment_id = SegmentOf(id, contact.segment);
    contact.ticket = ticket;
    contacts_by_ticket_[ticket] = &contact;
    callback.contact = id;
    return contact;
}

void Router::BeginTry(Callback& callback, uint64_t ticket, Turn& turn) {
    ++callback.contacts;
    callback.state = Callback::State::kOpen;
    callback.wakes = {};
    Store(callback, turn);
    Contact& contact = MakeTry(callback, ticket);
    turn.Tell(ContactQueued{contact.id,
                            contact.segment_id,
                            contact.queue,
                            {},
                            contact.priority,
                            contact.queued,
                            contact.home->settings.service_level_threshold,
                            contact.lane->medium->word,
                            "",
                            "",
                            "",
                            callback.id});
    JoinForCallback(contact, turn);
}

// In the line of those who are served; out of it while nobody may be called.
void Router::JoinForCallback(Contact& contact, Turn& turn) {
    if (contact.home->calls_back || !contact.call.empty()) {
        Wait(contact, turn);
        return;
    }
    Doze(contact);
}

void Router::Doze(Contact& contact) {
    contact.dozes = true;
    contact.position = PositionOf(contact);
    contact.row = nullptr;
    contact.tier = nullptr;
    contact.climbs = {};
}

Status Router::On(const CallbackHoursChanged& event, Turn& turn) {
    Queue* queue = Find(event.queue);
    if (queue == nullptr) {
        return NoSuch("queue", event.queue.str());
    }
    queue->calls_back = event.allowed;
    std::vector<Contact*> moved;
    for (auto& [id, callback] : callbacks_) {
        Contact* contact = callback.queue == event.queue ? Find(callback.contact) : nullptr;
        const bool waits = contact != nullptr && contact->state == ContactState::kWaiting && contact->CallsBack();
        if (waits && contact->dozes == event.allowed && contact->call.empty()) {
            moved.push_back(contact);
        }
    }
    std::sort(moved.begin(), moved.end(), [](const Contact* a, const Contact* b) { return a->position < b->position; });
    for (Contact* contact : moved) {
        LeaveLine(*contact);
        if (event.allowed) {
            Wait(*contact, turn);
        } else {
            Doze(*contact);
        }
    }
    return {};
}

Status Router::On(const DoNotCallPut& event, Turn& turn) {
    do_not_call_.insert(event.key);
    if (const auto open = open_callbacks_.find(event.key); open != open_callbacks_.end()) {
        GiveUpCallback(callbacks_.at(open->second), "DO_NOT_CALL", turn);
    }
    return {};
}

Status Router::On(const DoNotCallDeleted& event, Turn& /*turn*/) {
    do_not_call_.erase(event.key);
    return {};
}

Status Router::On(const CallbackCancelled& event, Turn& turn) {
    Callback* callback = Find(event.callback);
    if (callback == nullptr) {
        return NoSuch("callback", event.callback.str());
    }
    if (!callback->open()) {
        return Refusal("CALLBACK_DONE", "callback " + event.callback.str() + " is done: " + callback->result);
    }
    GiveUpCallback(*callback, "CANCELLED", turn);
    return {};
}

// The open one of a caller who calls the same queue again by himself; his new call takes its place.
Callback* Router::CallbackOf(const QueueId& queue, const std::string& caller) {
    const auto open = open_callbacks_.find(caller);
    if (caller.empty() || open == open_callbacks_.end()) {
        return nullptr;
    }
    Callback& callback = callbacks_.at(open->second);
    const Contact* contact = Find(callback.contact);
    return callback.queue == queue && (contact == nullptr || contact->CallsBack()) ? &callback : nullptr;
}

// The contact of a try is over without the customer.
void Router::LeaveTry(Contact& contact, const std::string& result, Turn& turn) {
    if (contact.state == ContactState::kWaiting) {
        LeaveLine(contact);
    }
    EndSegment(contact, Outcome::kFlowOut, {{}, "callback:" + contact.callback->callback.str(), result}, turn);
    std::vector<Offer> offers = std::exchange(contact.rivals, {});
    if (contact.offer) {
        offers.push_back(*std::exchange(contact.offer, std::nullopt));
    }
    Move(contact, ContactEvent::kGone, turn);
    for (const Offer& offer : offers) {
        Withdraw(contact, offer, "CUSTOMER_NOT_REACHED", turn);
    }
    if (!contact.call.empty()) {
        turn.Do(HangUp{contact.id});
    }
    if (Callback* callback = Find(contact.callback->callback); callback != nullptr) {
        callback->contact = {};
    }
    Erase(contact, turn);
}

void Router::EndTry(Contact& contact, const std::string& result, Turn& turn) {
    Callback* callback = OpenCallbackOf(contact);
    const ContactId made = contact.id;
    const uint32_t number = contact.callback->number;
    const CallbackSettings& settings = contact.home->settings.callbacks;
    LeaveTry(contact, result, turn);
    if (callback == nullptr) {
        return;
    }
    callback->last = result;
    callback->tries += IsFaultless(result) ? 0 : 1;
    const bool failed = callback->tries >= settings.tries || callback->contacts >= kMostContacts;
    const bool expired = turn.now >= callback->expires;
    const Duration pause =
        result == "AGENT_LOST" ? Duration::zero() : (IsFaultless(result) ? kShortPause : settings.retry_after);
    const TimePoint next = failed || expired ? TimePoint{} : turn.now + pause;
    turn.Tell(CallbackTried{ContactId(callback->id.str()), made, callback->queue, number, result, next});
    if (failed || expired) {
        EndCallback(*callback, failed ? "NOT_REACHED" : "EXPIRED", turn);
    } else if (pause == Duration::zero()) {
        BeginTry(*callback, ++tickets_, turn);
    } else {
        callback->state = Callback::State::kPaused;
        callback->wakes = next;
        wake_ups_.Add({next, WakeUp::Kind::kCallback, callback->ticket});
        Store(*callback, turn);
    }
}

// Whatever is under way for it ends, too.
void Router::GiveUpCallback(Callback& callback, const std::string& result, Turn& turn) {
    const ContactId made = callback.contact;
    if (Contact* contact = Find(made); contact != nullptr) {
        LeaveTry(*contact, result, turn);
        callback.contact = made;
    }
    EndCallback(callback, result, turn);
}

void Router::EndCallback(Callback& callback, const std::string& result, Turn& turn) {
    callback.state = Callback::State::kDone;
    callback.result = result;
    callback.tries += result == "CONNECTED" ? 1 : 0;
    turn.Tell(CallbackEnded{ContactId(callback.id.str()), callback.contact, callback.queue, callback.number.dial,
                            result, callback.tries});
    open_callbacks_.erase(callback.number.key);
    callback.contact = {};
    callback.data.clear();
    callback.wakes = turn.now + kRemembered;
    wake_ups_.Add({callback.wakes, WakeUp::Kind::kCallback, callback.ticket});
    Store(callback, turn);
}

void Router::OnCallbackWakeUp(const WakeUp& due, Turn& turn) {
    const auto found = callbacks_by_ticket_.find(due.ticket);
    Callback* callback = found == callbacks_by_ticket_.end() ? nullptr : Find(found->second);
    if (callback == nullptr) {
        return;
    }
    if (callback->state == Callback::State::kDone && callback->wakes == due.time) {
        turn.out.callbacks.push_back(callback->id);
        const CallbackId id = callback->id;
        callbacks_by_ticket_.erase(found);
        callbacks_.erase(id);
    } else if (callback->open() && callback->expires <= due.time) {
        // A customer who is being called just now is waited for; the try decides.
        const Contact* contact = Find(callback->contact);
        if (contact == nullptr || contact->call.empty()) {
            GiveUpCallback(*callback, "EXPIRED", turn);
        }
    } else if (callback->state == Callback::State::kPaused && callback->wakes == due.time) {
        BeginTry(*callback, ++tickets_, turn);
    }
}

Status Router::On(const CallbackRestored& event, Turn& turn) {
    if (callbacks_.contains(event.callback.id)) {
        return {};
    }
    Callback& callback = callbacks_[event.callback.id] = event.callback;
    Watch(callback);
    if (!event.stored) {
        Store(callback, turn);
    }
    if (!callback.open()) {
        return {};
    }
    open_callbacks_[callback.number.key] = callback.id;
    if (!queues_.contains(callback.queue)) {
        EndCallback(callback, "NO_QUEUE", turn);
    } else if (callback.state == Callback::State::kOpen) {
        JoinForCallback(MakeTry(callback, ++tickets_), turn);
    }
    return {};
}

// Names it among the wake-ups, and wakes when it expires, is tried again or is forgotten.
void Router::Watch(Callback& callback) {
    callback.ticket = ++tickets_;
    callbacks_by_ticket_[callback.ticket] = callback.id;
    if (callback.open()) {
        wake_ups_.Add({callback.expires, WakeUp::Kind::kCallback, callback.ticket});
    }
    if (callback.wakes != TimePoint{}) {
        wake_ups_.Add({callback.wakes, WakeUp::Kind::kCallback, callback.ticket});
    }
}

// A try that was kept with its call: false when it is history, because its callback has moved on without it.
bool Router::TakeTry(const ContactRestored& event, Turn& turn) {
    const CallbackTry& kept = *event.contact.callback;
    Callback* callback = Find(kept.callback);
    if (callback != nullptr && callback->open() && callback->contacts < kept.number) {
        // The call knows more than what was stored in time.
        if (Contact* older = Find(callback->contact); older != nullptr) {
            LeaveLine(*older);
            Erase(*older, turn);
        }
        callback->contacts = kept.number;
        callback->state = Callback::State::kOpen;
        callback->wakes = {};
        callback->contact = event.contact.id;
        Store(*callback, turn);
    }
    const bool current =
        callback != nullptr && callback->state == Callback::State::kOpen && callback->contacts == kept.number;
    if (event.contact.CallsBack()) {
        if (!current && event.live) {
            turn.Do(HangUp{event.contact.id});
        }
        return current;
    }
    if (current && event.contact.part) {
        EndCallback(*callback, "CONNECTED", turn);
    }
    return true;
}

}  // namespace trunkline::acd

// Contacts: arrival, queue segments, overflow, announcements, the end.
#include <algorithm>

#include "acd/domain/router.hpp"

namespace trunkline::acd {
namespace {

// His place in the order of the queue: strictly by priority, or with priority counted as waiting.
Position PositionOf(Contact& contact) {
    const Duration worth = contact.home->settings.priority_worth;
    if (worth == Duration::zero()) {
        return {contact.priority, contact.arrived, contact.ticket, &contact};
    }
    return {0, contact.arrived - contact.priority * worth, contact.ticket, &contact};
}

}  // namespace

Status Router::On(const ContactArrived& event, Turn& turn) {
    if (contacts_.contains(event.contact)) {
        return Error{Code::kAlreadyExists, "CONTACT_EXISTS", "contact " + event.contact.str() + " is here already"};
    }
    if (!queues_.contains(event.queue)) {
        turn.Do(HandBack{event.contact, "UNKNOWN_QUEUE"});
        return {};
    }
    Contact& contact = contacts_[event.contact];
    contact.id = event.contact;
    contact.call = event.call;
    contact.from_number = event.from_number;
    contact.language = event.language;
    contact.priority = std::min(event.priority, kMostPriority);
    contact.arrived = turn.now;
    contact.segment = event.earlier_segments;
    contact.parts = event.earlier_parts;
    contact.ticket = ++tickets_;
    contacts_by_ticket_[contact.ticket] = &contact;
    if (!event.answered) {
        turn.Do(AnswerContact{contact.id});
    }
    turn.Do(PlayMusic{contact.id});
    BeginSegment(contact, event.queue, turn);
    return {};
}

// Somebody raises or lowers a contact that waits; it finds its new place at once.
Status Router::On(const ContactPriorityChanged& event, Turn& turn) {
    Contact* contact = Find(event.contact);
    if (contact == nullptr) {
        return NoSuch("contact", event.contact.str());
    }
    const bool waiting = contact->state == ContactState::kWaiting;
    if (waiting) {
        LeaveLine(*contact);
    }
    contact->priority = std::min(event.priority, kMostPriority);
    contact->arrived -= event.older;
    Touch(*contact, turn);
    if (waiting) {
        JoinLine(*contact, turn.now);
    }
    return {};
}

Status Router::On(const ContactGone& event, Turn& turn) {
    Contact* contact = Find(event.contact);
    if (contact == nullptr) {
        return NoSuch("contact", event.contact.str());
    }
    if (contact->transfer) {
        TellTransfer(*contact, false, {}, turn);
    }
    const ContactState state = contact->state;
    if (state == ContactState::kWaiting) {
        LeaveLine(*contact);
    }
    if ((state == ContactState::kWaiting || state == ContactState::kOffered) && !contact->outbound) {
        const bool left = event.reason == GoneReason::kCustomerLeft;
        EndSegment(*contact, left ? Outcome::kAbandoned : Outcome::kSystemError, {}, turn);
    }
    Move(*contact, ContactEvent::kGone, turn);
    while (!contact->parties.empty()) {
        const Party party = contact->parties.back();
        contact->parties.pop_back();
        TellParty(*contact, party, party.up ? "HUNG_UP" : "DROPPED", turn);
        ReleaseParty(*contact, party, std::nullopt, turn);
    }
    if (contact->part) {
        EndPart(*contact, "HUNG_UP", turn);
    }
    if (contact->outbound && contact->offer) {
        EndDialOut(*contact, turn);
    }
    if (contact->offer) {
        Withdraw(*contact, *contact->offer, "CALLER_GONE", turn);
    }
    for (const Offer& rival : contact->rivals) {
        Withdraw(*contact, rival, "CALLER_GONE", turn);
    }
    contacts_by_ticket_.erase(contact->ticket);
    contacts_.erase(event.contact);
    return {};
}

bool Router::Move(Contact& contact, ContactEvent event, Turn& turn) {
    const Result<ContactState> next = acd::Apply(contact.state, event);
    if (!next.ok()) {
        turn.out.illegal.push_back(next.error());
        return false;
    }
    contact.state = *next;
    Touch(contact, turn);
    return true;
}

// Enters a queue; his place there is decided by his priority and his first arrival, so nobody loses age on the way.
void Router::BeginSegment(Contact& contact, const QueueId& queue, Turn& turn) {
    contact.home = Find(queue);
    const QueueSettings& settings = contact.home->settings;
    contact.queue = queue;
    contact.queued = turn.now;
    contact.answered = {};
    contact.attempt = 0;
    contact.segment_id = SegmentOf(contact.id, ++contact.segment);
    contact.overflows = settings.overflow_after > Duration::zero() ? turn.now + settings.overflow_after : TimePoint{};
    contact.next_announcement = settings.announcement_interval > Duration::zero() ? turn.now : TimePoint{};
    turn.Tell(ContactQueued{contact.id, contact.segment_id, queue, contact.call, contact.priority, turn.now,
                            settings.service_level_threshold});
    Touch(contact, turn);
    JoinLine(contact, turn.now);
    SeekAgent(contact, turn);
    if (contact.state == ContactState::kWaiting) {
        WatchWaiting(contact);
    }
}

void Router::EndSegment(const Contact& contact, Outcome outcome, const QueueId& to_queue, Turn& turn) {
    const AgentId agent = outcome == Outcome::kAnswered && contact.offer ? contact.offer->agent : AgentId{};
    turn.Tell(ContactDequeued{contact.id, contact.segment_id, contact.queue, outcome, contact.queued, turn.now, agent,
                              to_queue});
}

// Takes his place in the row of his language and the tier of his wait in this queue.
void Router::JoinLine(Contact& contact, TimePoint now) {
    Queue& queue = *contact.home;
    const auto row = std::find_if(queue.rows.begin() + 1, queue.rows.end(),
                                  [&](const Row& other) { return other.language == contact.language; });
    contact.row = row == queue.rows.end() ? &queue.rows.front() : &*row;
    auto next = contact.row->tiers.upper_bound(std::max(now - contact.queued, Duration::zero()));
    contact.climbs = next == contact.row->tiers.end() ? TimePoint{} : contact.queued + next->first;
    contact.tier = &std::prev(next)->second;
    contact.position = PositionOf(contact);
    contact.tier->line.Join(contact.position);
    ++queue.waiting;
    if (contact.climbs != TimePoint{}) {
        wake_ups_.Add({contact.climbs, WakeUp::Kind::kTier, contact.ticket});
    }
}

void Router::LeaveLine(Contact& contact) {
    contact.tier->line.Leave(contact.position);
    --contact.home->waiting;
}

// He has waited long enough for more agents to be allowed.
void Router::Climb(Contact& contact, Turn& turn) {
    LeaveLine(contact);
    JoinLine(contact, turn.now);
    SeekAgent(contact, turn);
}

// Back to waiting after an agent was lost or a transfer failed with nobody left.
void Router::Requeue(Contact& contact, const QueueId& queue, Turn& turn) {
    if (Move(contact, ContactEvent::kRequeued, turn)) {
        turn.Do(PlayMusic{contact.id});
        BeginSegment(contact, queue, turn);
    }
}

void Router::Overflow(Contact& contact, Turn& turn) {
    const QueueId to = contact.home->settings.overflow_to;
    // The other queue may have been deleted; he goes on waiting here.
    if (!queues_.contains(to) || !Move(contact, ContactEvent::kOverflowed, turn)) {
        return;
    }
    LeaveLine(contact);
    EndSegment(contact, Outcome::kFlowOut, to, turn);
    BeginSegment(contact, to, turn);
}

void Router::AnnouncePlace(Contact& contact, Turn& turn) {
    turn.Do(Announce{contact.id, PlaceOf(contact)});
    const Duration interval = contact.home->settings.announcement_interval;
    contact.next_announcement = interval > Duration::zero() ? turn.now + interval : TimePoint{};
    WatchWaiting(contact);
}

// Deadlines that ran out while he was being offered fall due as soon as he waits again.
void Router::WatchWaiting(const Contact& contact) {
    if (contact.overflows != TimePoint{}) {
        wake_ups_.Add({contact.overflows, WakeUp::Kind::kOverflow, contact.ticket});
    }
    if (contact.next_announcement != TimePoint{}) {
        wake_ups_.Add({contact.next_announcement, WakeUp::Kind::kAnnouncement, contact.ticket});
    }
}

}  // namespace trunkline::acd

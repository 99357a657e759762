// Contacts: arrival, queue segments, overflow, announcements, the end.
#include <algorithm>

#include "acd/domain/router.hpp"

namespace trunkline::acd {
namespace {

constexpr const char* kWithdrawn = "WITHDRAWN";

Outcome OutcomeOf(GoneReason reason) {
    switch (reason) {
        case GoneReason::kCustomerLeft:
            return Outcome::kAbandoned;
        case GoneReason::kWithdrawn:
            return Outcome::kFlowOut;
        case GoneReason::kSystemError:
            break;
    }
    return Outcome::kSystemError;
}

}  // namespace

// His place in the order of the queue: strictly by priority, or with priority counted as waiting.
Position Router::PositionOf(Contact& contact) {
    const Duration worth = contact.home->settings.priority_worth;
    if (worth == Duration::zero()) {
        return {contact.priority, contact.arrived, contact.ticket, &contact};
    }
    return {0, contact.arrived - contact.priority * worth, contact.ticket, &contact};
}

Status Router::On(const ContactArrived& event, Turn& turn) {
    if (contacts_.contains(event.contact)) {
        return Error{Code::kAlreadyExists, "CONTACT_EXISTS", "contact " + event.contact.str() + " is here already"};
    }
    const bool is_call = !event.call.empty();
    if (!is_call) {
        if (const Status fits = CheckTask(event); !fits.ok()) {
            return fits;
        }
    } else if (!queues_.contains(event.queue)) {
        turn.Do(HandBack{event.contact, "UNKNOWN_QUEUE"});
        return {};
    }
    Contact& contact = contacts_[event.contact];
    contact.id = event.contact;
    contact.call = event.call;
    contact.from_number = event.from_number;
    contact.medium = event.medium;
    contact.label = event.label;
    contact.reference = event.reference;
    contact.lane = LaneFor(contact);
    contact.language = event.language;
    contact.priority = std::min(event.priority, kMostPriority);
    contact.arrived = turn.now;
    contact.first_arrived = turn.now;
    contact.segment = event.earlier_segments;
    contact.parts = event.earlier_parts;
    contact.ticket = ++tickets_;
    contacts_by_ticket_[contact.ticket] = &contact;
    contact.queue = event.queue;
    contact.home = Find(event.queue);
    const QueueSettings& settings = contact.home->settings;
    if (settings.resume_within > Duration::zero()) {
        const auto place = memory_.TakePlace(contact.from_number, event.queue, turn.now - settings.resume_within);
        contact.arrived = place.value_or(contact.arrived);
    }
    Callback* callback = CallbackOf(event.queue, event.caller);
    if (callback != nullptr) {
        // He did not wait for the call he was promised: he has the place that was kept for him.
        contact.arrived = std::min(contact.arrived, callback->arrived);
        contact.priority = std::max(contact.priority, callback->priority);
    }
    ChooseWanted(contact, event, turn.now);
    if (is_call && !event.answered) {
        turn.Do(AnswerContact{contact.id});
    }
    if (is_call) {
        turn.Do(PlayMusic{contact.id});
    }
    BeginSegment(contact, event.queue, turn);
    const Contact* stays = Find(event.contact);
    if (callback != nullptr && stays != nullptr && stays->state != ContactState::kDone) {
        GiveUpCallback(*callback, "CALLED_AGAIN", turn);
    }
    return {};
}

// Somebody raises or lowers a contact that waits; it finds its new place at once.
Status Router::On(const ContactPriorityChanged& event, Turn& turn) {
    Contact* contact = Find(event.contact);
    if (contact == nullptr) {
        return NoSuch("contact", event.contact.str());
    }
    const bool waiting = contact->state == ContactState::kWaiting && !contact->dozes;
    if (waiting) {
        LeaveLine(*contact);
    }
    contact->priority = std::min(event.priority, kMostPriority);
    contact->arrived -= event.older;
    Touch(*contact, turn);
    if (contact->dozes) {
        contact->position = PositionOf(*contact);
    }
    if (waiting && contact->tier == nullptr) {
        Take(*contact, *contact->line);
    } else if (waiting) {
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
    if (state == ContactState::kDone) {
        if (contact->IsCall()) {
            Erase(*contact, turn);
        }
        return {};
    }
    if (contact->CallsBack()) {
        EndTry(*contact, event.end.empty() ? "SYSTEM_ERROR" : event.end, turn);
        return {};
    }
    const bool lost = event.reason == GoneReason::kSystemError ||
                      (event.reason == GoneReason::kCustomerLeft &&
                       (state == ContactState::kWaiting || state == ContactState::kOffered));
    if (lost && !contact->outbound && contact->home->settings.resume_within > Duration::zero()) {
        memory_.RememberPlace(contact->from_number, contact->queue, contact->arrived, turn.now);
    }
    if (state == ContactState::kWaiting) {
        LeaveLine(*contact);
    }
    if ((state == ContactState::kWaiting || state == ContactState::kOffered) && !contact->outbound) {
        EndSegment(*contact, OutcomeOf(event.reason),
                   {{}, event.reason == GoneReason::kWithdrawn ? kWithdrawn : "", ""}, turn);
    }
    if (Callback* callback = OpenCallbackOf(*contact); callback != nullptr) {
        EndCallback(*callback, "ABANDONED", turn);
    }
    Move(*contact, ContactEvent::kGone, turn);
    DismissParties(*contact, turn);
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
    if (contact->IsCall()) {
        Erase(*contact, turn);
    } else {
        CloseTask(*contact, event.reason == GoneReason::kCustomerLeft ? "CUSTOMER_LEFT" : kWithdrawn, turn);
    }
    return {};
}

// The contact is over, so everybody who took part in it is free.
void Router::DismissParties(Contact& contact, Turn& turn) {
    while (!contact.parties.empty()) {
        const Party party = contact.parties.back();
        contact.parties.pop_back();
        TellParty(contact, party, party.up ? "HUNG_UP" : "DROPPED", turn);
        ReleaseParty(contact, party, std::nullopt, turn);
    }
}

void Router::Erase(const Contact& contact, Turn& turn) {
    if (!contact.IsCall()) {
        turn.out.gone.push_back(contact.id);
    }
    contacts_by_ticket_.erase(contact.ticket);
    contacts_.erase(ContactId(contact.id));
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
    const Duration first_rule = NextRuleAfter(contact.home->rules, Duration::zero());
    contact.overflows = first_rule < Duration::zero() ? TimePoint{} : turn.now + first_rule;
    contact.told_wait = Duration{-1};
    const bool announced = contact.IsCall() && settings.announcement_interval > Duration::zero();
    contact.next_announcement = announced ? turn.now : TimePoint{};
    turn.Tell(ContactQueued{contact.id, contact.segment_id, queue, contact.call, contact.priority, turn.now,
                            settings.service_level_threshold, contact.lane->medium->word, contact.label,
                            contact.reference, contact.IsCall() ? "" : contact.from_number});
    Touch(contact, turn);
    const OverflowRule* rule =
        contact.home->rules.empty()
            ? nullptr
            : RuleOnEntry(contact.home->rules,
                          ViewOf(*contact.home, contact.home->FirstRowOf(contact.lane)->CountReady()));
    if (rule != nullptr && CanFollow(contact, *rule)) {
        SendOn(contact, *rule, ToText(rule->when), turn);
        return;
    }
    Wait(contact, turn);
}

// For a contact that stands in no line: offered at once, or waiting with its deadlines watched.
void Router::Wait(Contact& contact, Turn& turn) {
    if (!SeekWanted(contact, turn)) {
        JoinLine(contact, turn.now);
        SeekAgent(contact, turn);
    }
    if (contact.state == ContactState::kWaiting) {
        WatchWaiting(contact);
    }
}

void Router::EndSegment(const Contact& contact, Outcome outcome, const WayOut& way, Turn& turn) {
    const AgentId agent = outcome == Outcome::kAnswered && contact.offer ? contact.offer->agent : AgentId{};
    turn.Tell(ContactDequeued{contact.id, contact.segment_id, contact.queue, outcome, contact.queued, turn.now, agent,
                              way.queue, way.target, way.rule});
}

// The row of his medium and language; of his medium alone when the queue knows no such language.
Row& Router::RowFor(const Contact& contact) const {
    Row* first = nullptr;
    for (Row& row : contact.home->rows) {
        if (row.lane == contact.lane) {
            first = first == nullptr ? &row : first;
            if (row.language == contact.language) {
                return row;
            }
        }
    }
    return first == nullptr ? contact.home->rows.front() : *first;
}

// Takes his place in the row of his language and the tier of his wait in this queue.
void Router::JoinLine(Contact& contact, TimePoint now) {
    contact.row = &RowFor(contact);
    auto next = contact.row->tiers.upper_bound(std::max(now - contact.queued, Duration::zero()));
    contact.climbs = next == contact.row->tiers.end() ? TimePoint{} : contact.queued + next->first;
    contact.tier = &std::prev(next)->second;
    Take(contact, contact.tier->line);
    if (contact.climbs != TimePoint{}) {
        wake_ups_.Add({contact.climbs, WakeUp::Kind::kTier, contact.ticket});
    }
}

void Router::Take(Contact& contact, WaitingLine& line) {
    contact.line = &line;
    contact.position = PositionOf(contact);
    line.Join(contact.position);
    ++contact.home->waiting;
}

void Router::LeaveLine(Contact& contact) {
    if (std::exchange(contact.dozes, false)) {
        return;
    }
    contact.line->Leave(contact.position);
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
        if (contact.IsCall()) {
            turn.Do(PlayMusic{contact.id});
        }
        BeginSegment(contact, queue, turn);
    }
}

void Router::AnnouncePlace(Contact& contact, Turn& turn) {
    const Duration interval = contact.home->settings.announcement_interval;
    if (contact.asking) {
        contact.next_announcement = turn.now + interval;
        WatchWaiting(contact);
        return;
    }
    const size_t place = PlaceOf(contact);
    std::optional<Duration> wait = ExpectedWait(place, contact.home->serving, contact.home->handling);
    // Who moves forward is never told a longer wait than before.
    if (wait && contact.told_wait >= Duration::zero() && place <= contact.told_place) {
        wait = std::min(*wait, contact.told_wait);
    }
    contact.told_place = place;
    contact.told_wait = wait.value_or(Duration{-1});
    turn.Do(Announce{contact.id, place, wait});
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

// Contacts that leave their queue: by rule when they come, by rule while they wait, or by a key.
#include <algorithm>

#include "acd/domain/router.hpp"

namespace trunkline::acd {
namespace {

// Rules of several queues may point at each other.
constexpr uint32_t kMostHops = 8;
// Bounds the work of one wake-up; the rest follows at once with the next.
constexpr size_t kSweptAtOnce = 16;

std::string TargetOf(const OverflowRule& rule) {
    switch (rule.to) {
        case OverflowTo::kFlow:
            return "flow:" + rule.target;
        case OverflowTo::kVoicemail:
            return "voicemail:" + rule.target;
        case OverflowTo::kNumber:
            return "number:" + rule.target;
        default:
            return "hang_up";
    }
}

}  // namespace

// `ready`: how many could take such a contact at once.
QueueView Router::ViewOf(const Queue& queue, size_t ready) const {
    QueueView view{queue.waiting, ready, queue.logged_in, queue.hours, Duration{-1}};
    if (const auto wait = ExpectedWait(queue.waiting + 1, queue.serving, queue.handling)) {
        view.expected_wait = *wait;
    }
    return view;
}

bool Router::CanFollow(const Contact& contact, const OverflowRule& rule) const {
    if (contact.callback) {
        return false;  // he was promised a call
    }
    if (rule.to == OverflowTo::kQueue) {
        const auto queue = queues_.find(QueueId(rule.target));
        return queue != queues_.end() && contact.hops < kMostHops && queue->second.FirstRowOf(contact.lane) != nullptr;
    }
    // Flows, mailboxes and numbers are for calls.
    return contact.IsCall() || rule.to == OverflowTo::kHangUp;
}

// The contact stands in no line.
void Router::SendOn(Contact& contact, const OverflowRule& rule, std::string_view why, Turn& turn) {
    if (rule.to == OverflowTo::kQueue) {
        if (Move(contact, ContactEvent::kOverflowed, turn)) {
            ++contact.hops;
            EndSegment(contact, Outcome::kFlowOut, {QueueId(rule.target), "", std::string(why)}, turn);
            BeginSegment(contact, QueueId(rule.target), turn);
        }
        return;
    }
    EndSegment(contact, Outcome::kFlowOut, {{}, TargetOf(rule), std::string(why)}, turn);
    Move(contact, ContactEvent::kGone, turn);
    if (!contact.IsCall()) {
        CloseTask(contact, "FLOW_OUT", turn);
        return;
    }
    if (rule.to == OverflowTo::kHangUp) {
        contact.leaving = true;
        turn.Do(SayGoodbye{contact.id, rule.announcement});
        return;
    }
    HandBack back{contact.id, std::string(why), rule.target, {}, contact.segment, contact.parts};
    if (rule.to == OverflowTo::kVoicemail) {
        back.flow = "voicemail";
        back.data = {{"voicemail_box", rule.target}};
    } else if (rule.to == OverflowTo::kNumber) {
        back.flow = "forward";
        back.data = {{"forward_number", rule.target}};
    }
    turn.Do(std::move(back));
    Erase(contact, turn);
}

// A rule by wait is due. The target may be gone; then he goes on waiting for the next rule.
void Router::Overflow(Contact& contact, Turn& turn) {
    const Duration waited = turn.now - contact.queued;
    for (const OverflowRule& rule : contact.home->rules) {
        const bool due = rule.when == OverflowWhen::kWaited && waited >= std::chrono::seconds(rule.limit);
        if (due && CanFollow(contact, rule)) {
            LeaveLine(contact);
            SendOn(contact, rule, ToText(rule.when), turn);
            return;
        }
    }
    const Duration next = NextRuleAfter(contact.home->rules, waited);
    contact.overflows = next < Duration::zero() ? TimePoint{} : contact.queued + next;
    WatchWaiting(contact);
}

Status Router::On(const QueueHoursChanged& event, Turn& turn) {
    Queue* queue = Find(event.queue);
    if (queue == nullptr) {
        return NoSuch("queue", event.queue.str());
    }
    queue->hours = event.hours;
    WatchRules(*queue, turn.now);
    return {};
}

// Sends everybody on when a rule says so, a few at a time.
void Router::WatchRules(Queue& queue, TimePoint now) {
    if (!queue.sweeping && queue.waiting > 0 && RuleForAll(queue.rules, ViewOf(queue, queue.CountReady())) != nullptr) {
        queue.sweeping = true;
        wake_ups_.Add({now, WakeUp::Kind::kSweep, queue.ticket});
    }
}

void Router::Sweep(Queue& queue, Turn& turn) {
    queue.sweeping = false;
    const OverflowRule* rule = RuleForAll(queue.rules, ViewOf(queue, queue.CountReady()));
    if (rule == nullptr) {
        return;
    }
    std::vector<Contact*> leaving;
    for (const Row& row : queue.rows) {
        for (const auto& [wait, tier] : row.tiers) {
            for (auto at = tier.line.begin(); at != tier.line.end() && leaving.size() <= kSweptAtOnce; ++at) {
                if (CanFollow(*at->contact, *rule)) {
                    leaving.push_back(at->contact);
                }
            }
        }
    }
    const bool more = leaving.size() > kSweptAtOnce;
    leaving.resize(std::min(leaving.size(), kSweptAtOnce));
    for (Contact* contact : leaving) {
        LeaveLine(*contact);
        SendOn(*contact, *rule, ToText(rule->when), turn);
    }
    if (more) {
        WatchRules(queue, turn.now);
    }
}

Status Router::On(const KeyPressed& event, Turn& turn) {
    Contact* contact = Find(event.contact);
    if (contact == nullptr) {
        return NoSuch("contact", event.contact.str());
    }
    const auto& keys = contact->home->settings.keys;
    const auto offer = keys.find(event.key);
    if (contact->state == ContactState::kWaiting && offer != keys.end() &&
        offer->second.action == KeyAction::kCallback) {
        OfferCallback(*contact, event, turn);
    } else if (contact->state == ContactState::kWaiting && offer != keys.end() && !contact->callback) {
        const bool message = offer->second.action == KeyAction::kMessage;
        const OverflowRule rule{OverflowWhen::kWaited, 0, message ? OverflowTo::kVoicemail : OverflowTo::kFlow,
                                offer->second.target, ""};
        LeaveLine(*contact);
        SendOn(*contact, rule, "KEY", turn);
    }
    return {};
}

}  // namespace trunkline::acd

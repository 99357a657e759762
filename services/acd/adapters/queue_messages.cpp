// Field by field.
#include "acd/adapters/queue_messages.hpp"

#include <algorithm>
#include <optional>

#include "acd/adapters/times.hpp"

namespace trunkline::acd {
namespace {

template <class Enum>
std::optional<Enum> FromWord(const std::string& word, int count) {
    for (int i = 0; i < count; ++i) {
        if (ToText(static_cast<Enum>(i)) == word) {
            return static_cast<Enum>(i);
        }
    }
    return std::nullopt;
}

constexpr int kWhens = 8;
constexpr int kTos = 5;

MissPolicy PolicyFrom(const v1::Queue::MissPolicy& message) {
    MissPolicy policy;
    policy.limit = std::max(1U, message.limit());
    policy.pause = message.has_pause() ? FromProto(message.pause()) : policy.pause;
    return policy;
}

void PutPolicy(const MissPolicy& policy, v1::Queue::MissPolicy& message) {
    message.set_limit(policy.limit);
    *message.mutable_pause() = ToProto(policy.pause);
}

OpeningHours HoursFrom(const v1::Queue::OpeningHours& message) {
    OpeningHours hours;
    hours.time_zone = message.time_zone();
    for (const auto& span : message.spans()) {
        hours.spans.push_back({span.weekday(), span.from(), span.to()});
    }
    hours.statutory_days = message.statutory_days();
    hours.closed_dates = {message.closed_dates().begin(), message.closed_dates().end()};
    return hours;
}

void PutHours(const OpeningHours& hours, v1::Queue::OpeningHours& message) {
    message.set_time_zone(hours.time_zone);
    for (const OpeningHours::Span& span : hours.spans) {
        auto& added = *message.add_spans();
        added.set_weekday(span.weekday);
        added.set_from(span.from);
        added.set_to(span.to);
    }
    message.set_statutory_days(hours.statutory_days);
    message.mutable_closed_dates()->Assign(hours.closed_dates.begin(), hours.closed_dates.end());
}

bool IsOffer(const v1::Queue::KeyOffer& offer) {
    const bool aims = offer.action() == "MESSAGE" || offer.action() == "FLOW";
    return (aims && !offer.target().empty()) || (offer.action() == "CALLBACK" && offer.target().empty());
}

KeyAction ActionFrom(const std::string& word) {
    if (word == "CALLBACK") {
        return KeyAction::kCallback;
    }
    return word == "MESSAGE" ? KeyAction::kMessage : KeyAction::kFlow;
}

const char* ToWord(KeyAction action) {
    switch (action) {
        case KeyAction::kMessage:
            return "MESSAGE";
        case KeyAction::kCallback:
            return "CALLBACK";
        default:
            return "FLOW";
    }
}

void TakeCallbacks(const v1::Queue::Callbacks& message, QueueSettings& queue) {
    CallbackSettings& settings = queue.callbacks;
    settings.agent_first = !message.customer_first();
    settings.ring_limit = message.has_ring_limit() ? FromProto(message.ring_limit()) : settings.ring_limit;
    settings.tries = message.tries() == 0 ? settings.tries : message.tries();
    settings.retry_after = message.has_retry_after() ? FromProto(message.retry_after()) : settings.retry_after;
    settings.expires_after = message.has_expires_after() ? FromProto(message.expires_after()) : settings.expires_after;
    settings.confirms = !message.skips_confirmation();
    settings.other_number = !message.own_number_only();
    settings.greeting = message.greeting();
    if (message.has_hours()) {
        queue.callback_hours = HoursFrom(message.hours());
    }
}

void PutCallbacks(const QueueSettings& queue, v1::Queue::Callbacks& message) {
    const CallbackSettings& settings = queue.callbacks;
    message.set_customer_first(!settings.agent_first);
    *message.mutable_ring_limit() = ToProto(settings.ring_limit);
    message.set_tries(settings.tries);
    *message.mutable_retry_after() = ToProto(settings.retry_after);
    *message.mutable_expires_after() = ToProto(settings.expires_after);
    message.set_skips_confirmation(!settings.confirms);
    message.set_own_number_only(!settings.other_number);
    message.set_greeting(settings.greeting);
    if (queue.callback_hours) {
        PutHours(*queue.callback_hours, *message.mutable_hours());
    }
}

void TakeRings(const v1::Queue& message, QueueSettings& queue) {
    for (const auto& ring : message.rings()) {
        Widening widening;
        widening.after = FromProto(ring.after());
        widening.lowest = {ring.lowest().begin(), ring.lowest().end()};
        widening.dropped = {ring.dropped().begin(), ring.dropped().end()};
        queue.rings.push_back(std::move(widening));
    }
    queue.languages = {message.languages().begin(), message.languages().end()};
    queue.language_level = message.language_level() == 0 ? queue.language_level : message.language_level();
    queue.ring_at_most = message.ring_at_most() == 0 ? queue.ring_at_most : message.ring_at_most();
    queue.priority_worth = FromProto(message.priority_worth());
}

void PutRings(const QueueSettings& queue, v1::Queue& message) {
    for (const Widening& widening : queue.rings) {
        auto& ring = *message.add_rings();
        *ring.mutable_after() = ToProto(widening.after);
        ring.mutable_lowest()->insert(widening.lowest.begin(), widening.lowest.end());
        ring.mutable_dropped()->Assign(widening.dropped.begin(), widening.dropped.end());
    }
    message.mutable_languages()->Assign(queue.languages.begin(), queue.languages.end());
    message.set_language_level(queue.language_level);
    message.set_ring_at_most(queue.ring_at_most);
    *message.mutable_priority_worth() = ToProto(queue.priority_worth);
}

}  // namespace

Status CheckWords(const v1::Queue& message) {
    const auto invalid = [](const std::string& text) { return Error{Code::kInvalidArgument, "INVALID_QUEUE", text}; };
    for (const auto& rule : message.overflow_rules()) {
        if (!FromWord<OverflowWhen>(rule.when(), kWhens)) {
            return invalid("overflow_rules.when '" + rule.when() + "' must be LENGTH, EXPECTED_WAIT, WAITED, RATIO, " +
                           "NOBODY_READY, NOBODY_LOGGED_IN, CLOSED or HOLIDAY");
        }
        if (!FromWord<OverflowTo>(rule.to(), kTos)) {
            return invalid("overflow_rules.to '" + rule.to() + "' must be QUEUE, FLOW, VOICEMAIL, NUMBER or HANG_UP");
        }
    }
    for (const auto& [key, offer] : message.keys()) {
        if (key.size() != 1 || !IsOffer(offer)) {
            return invalid("keys must be one key each, with MESSAGE or FLOW and a target, or CALLBACK without one");
        }
    }
    return {};
}

void TakeRules(const v1::Queue& message, QueueSettings& queue) {
    TakeRings(message, queue);
    for (const auto& rule : message.overflow_rules()) {
        queue.overflow_rules.push_back(
            {FromWord<OverflowWhen>(rule.when(), kWhens).value_or(OverflowWhen::kWaited), rule.limit(),
             FromWord<OverflowTo>(rule.to(), kTos).value_or(OverflowTo::kQueue), rule.target(), rule.announcement()});
    }
    queue.misses = {PolicyFrom(message.no_answer()), PolicyFrom(message.busy()), PolicyFrom(message.rejected()),
                    PolicyFrom(message.unreachable())};
    queue.wrap_up_extension = FromProto(message.wrap_up_extension());
    queue.wrap_up_form = message.wrap_up_form_id();
    queue.resume_within = FromProto(message.resume_within());
    queue.last_agent_within = FromProto(message.last_agent_within());
    queue.last_agent_wait =
        message.has_last_agent_wait() ? FromProto(message.last_agent_wait()) : queue.last_agent_wait;
    queue.wait_text = message.wait_text();
    for (const auto& [key, offer] : message.keys()) {
        queue.keys[key.empty() ? '?' : key.front()] = {ActionFrom(offer.action()), offer.target()};
    }
    TakeCallbacks(message.callbacks(), queue);
    if (message.has_opening_hours()) {
        queue.opening_hours = HoursFrom(message.opening_hours());
    }
}

void PutRules(const QueueSettings& queue, v1::Queue& message) {
    PutRings(queue, message);
    for (const OverflowRule& rule : queue.overflow_rules) {
        auto& added = *message.add_overflow_rules();
        added.set_when(std::string(ToText(rule.when)));
        added.set_limit(rule.limit);
        added.set_to(std::string(ToText(rule.to)));
        added.set_target(rule.target);
        added.set_announcement(rule.announcement);
    }
    PutPolicy(queue.misses[0], *message.mutable_no_answer());
    PutPolicy(queue.misses[1], *message.mutable_busy());
    PutPolicy(queue.misses[2], *message.mutable_rejected());
    PutPolicy(queue.misses[3], *message.mutable_unreachable());
    *message.mutable_wrap_up_extension() = ToProto(queue.wrap_up_extension);
    message.set_wrap_up_form_id(queue.wrap_up_form);
    *message.mutable_resume_within() = ToProto(queue.resume_within);
    *message.mutable_last_agent_within() = ToProto(queue.last_agent_within);
    *message.mutable_last_agent_wait() = ToProto(queue.last_agent_wait);
    message.set_wait_text(queue.wait_text);
    for (const auto& [key, offer] : queue.keys) {
        auto& added = (*message.mutable_keys())[std::string(1, key)];
        added.set_action(ToWord(offer.action));
        added.set_target(offer.target);
    }
    PutCallbacks(queue, *message.mutable_callbacks());
    if (queue.opening_hours) {
        PutHours(*queue.opening_hours, *message.mutable_opening_hours());
    }
}

}  // namespace trunkline::acd

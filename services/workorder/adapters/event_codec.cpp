// One function for each kind of fact.
#include "workorder/adapters/event_codec.hpp"

#include "trunkline/workorder/v1/events.pb.h"
#include "workorder/adapters/order_codec.hpp"
#include "workorder/adapters/times.hpp"

namespace trunkline::workorder {
namespace {

template <class Event>
Event Begin(const Order& order) {
    Event event;
    event.set_order_id(order.id.str());
    event.set_number(order.number);
    return event;
}

// A fact of one log entry is named by the order and the entry's number.
std::string Identity(const Order& order, int number) { return order.id.str() + "/" + std::to_string(number); }

bus::Event Created(const Order& order, const LogEntry& entry) {
    auto event = Begin<v1::OrderCreated>(order);
    event.set_type(static_cast<v1::OrderType>(order.kind));
    event.set_type_id(order.type_id);
    event.set_contact_id(order.contact.str());
    event.set_branch(order.branch);
    event.set_owner(entry.owner);
    event.set_actor(entry.actor);
    *event.mutable_due_time() = ToTimestamp(order.Due());
    event.set_customer_id(order.customer_id);
    event.set_title(order.title);
    event.set_priority(static_cast<v1::Priority>(order.priority));
    event.set_line(order.line);
    event.set_area(order.area);
    event.set_cause(order.cause);
    event.set_source(static_cast<v1::Source>(order.source));
    return bus::MakeEvent(event, order.id.str(), order.id.str(), entry.time);
}

bus::Event StepTaken(const Order& order, const LogEntry& entry) {
    auto event = Begin<v1::OrderStepTaken>(order);
    event.set_contact_id(order.contact.str());
    event.set_log_number(static_cast<uint32_t>(entry.number));
    event.set_step(static_cast<v1::Step>(entry.step));
    event.set_step_id(entry.step_id);
    event.set_actor(entry.actor);
    event.set_state(static_cast<v1::OrderState>(entry.phase));
    event.set_state_id(entry.state_id);
    event.set_owner(entry.owner);
    event.set_branch(order.branch);
    event.set_customer_id(order.customer_id);
    event.set_title(order.title);
    event.set_priority(static_cast<v1::Priority>(order.priority));
    *event.mutable_due_time() = ToTimestamp(order.Due());
    event.set_revision(static_cast<uint64_t>(entry.number));
    return bus::MakeEvent(event, order.id.str(), Identity(order, entry.number), entry.time);
}

bus::Event Closed(const Order& order, const LogEntry& entry) {
    auto event = Begin<v1::OrderClosed>(order);
    event.set_contact_id(order.contact.str());
    event.set_type_id(order.type_id);
    event.set_branch(order.branch);
    event.set_customer_id(order.customer_id);
    event.set_state(static_cast<v1::OrderState>(entry.phase));
    *event.mutable_due_time() = ToTimestamp(order.Due());
    *event.mutable_close_time() = ToTimestamp(entry.time);
    return bus::MakeEvent(event, order.id.str(), Identity(order, entry.number), entry.time);
}

void AddSpecial(const Change& change, TimePoint time, std::vector<bus::Event>& events) {
    const Order& order = change.order;
    const std::string at = Identity(order, static_cast<int>(order.revision));
    for (const Urging& urging : change.news.urgings) {
        auto event = Begin<v1::OrderUrged>(order);
        event.set_branch(order.branch);
        event.set_owner(order.owner);
        event.set_title(order.title);
        event.set_count(static_cast<uint32_t>(order.urge_count));
        *event.mutable_urging() = ToProto(urging);
        events.push_back(bus::MakeEvent(event, order.id.str(), at, time));
    }
    for (const Warning& warning : change.news.warnings) {
        auto event = Begin<v1::OrderClockWarned>(order);
        event.set_branch(order.branch);
        event.set_owner(order.owner);
        event.set_title(order.title);
        event.set_clock(static_cast<v1::ClockKind>(warning.clock));
        event.set_percent(static_cast<uint32_t>(warning.percent));
        *event.mutable_due_time() = ToTimestamp(warning.due);
        const std::string which =
            std::to_string(static_cast<int>(warning.clock)) + "/" + std::to_string(warning.percent);
        events.push_back(bus::MakeEvent(event, order.id.str(), at + "/" + which, time));
    }
    for (const Escalation& escalation : change.news.escalations) {
        auto event = Begin<v1::OrderEscalated>(order);
        event.set_owner(order.owner);
        event.set_escalated_to(escalation.to);
        event.set_level(static_cast<uint32_t>(escalation.level));
        event.set_reason(escalation.reason);
        events.push_back(
            bus::MakeEvent(event, order.id.str(), order.id.str() + "/" + std::to_string(escalation.level), time));
    }
    if (change.news.rated) {
        auto event = Begin<v1::OrderRated>(order);
        event.set_score(static_cast<uint32_t>(order.rating->score));
        event.set_contact_id(order.contact.str());
        event.set_branch(order.branch);
        events.push_back(bus::MakeEvent(event, order.id.str(), at, time));
    }
}

}  // namespace

std::vector<bus::Event> EventsOf(const Change& change, const std::vector<std::string>& notice_ids) {
    const Order& order = change.order;
    std::vector<bus::Event> events;
    Phase before = Phase::kNone;
    for (const LogEntry& entry : change.news.entries) {
        events.push_back(entry.step == Step::kCreate ? Created(order, entry) : StepTaken(order, entry));
        // A rating of a closed order does not close it again.
        if (IsFinal(entry.phase) && !IsFinal(before) && order.closed == entry.time) {
            events.push_back(Closed(order, entry));
        }
        before = entry.phase;
    }
    const TimePoint time = change.news.entries.empty() ? order.created : change.news.entries.back().time;
    AddSpecial(change, time, events);
    for (size_t i = 0; i < notice_ids.size(); ++i) {
        const NoticeDraft& notice = change.news.notices[i];
        v1::NoticeRequested event;
        event.set_notice_id(notice_ids[i]);
        event.set_order_id(notice.order_id);
        event.set_number(notice.number);
        event.set_medium(static_cast<v1::Medium>(notice.medium));
        event.set_step(static_cast<v1::Step>(notice.step));
        events.push_back(bus::MakeEvent(event, order.id.str(), notice_ids[i], time));
    }
    return events;
}

}  // namespace trunkline::workorder

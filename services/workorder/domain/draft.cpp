// The moves.
#include "workorder/domain/draft.hpp"

#include <algorithm>

#include "workorder/domain/steps.hpp"

namespace trunkline::workorder {
Status CheckText(const std::string& field, const std::string& text, size_t limit, bool needed) {
    if (needed && text.empty()) {
        return Error{Code::kInvalidArgument, "FIELD_MISSING", field + " must not be empty"};
    }
    if (text.size() > limit) {
        return Error{Code::kInvalidArgument, "FIELD_TOO_LONG",
                     field + " is longer than " + std::to_string(limit) + " bytes"};
    }
    return {};
}

std::string LocalTime(TimePoint time, const WorkingCalendar& calendar) { return calendar.Local(time); }

Result<TimePoint> AutomaticTime(const FlowStep& step, const Order& order, const WorkingCalendar& calendar) {
    return calendar.Add(order.state_since, std::chrono::minutes{step.after_minutes});
}

namespace {

// As much as a message by SMS can tell, in whole characters.
std::string Beginning(const std::string& text) {
    constexpr size_t bytes = 300;
    size_t end = std::min(bytes, text.size());
    while (end < text.size() && end > 0 && (text[end] & 0xC0) == 0x80) {
        --end;
    }
    return text.substr(0, end) + (end < text.size() ? "…" : "");
}

}  // namespace

Change Draft::Take() && {
    change_.alarm = NextAlarm(change_.order, rules_);
    return std::move(change_);
}

Change Draft::TakeOther() && {
    change_.keeps_alarm = true;
    return std::move(change_);
}

void Draft::Enter(const FlowState& state) {
    Order& order = change_.order;
    order.state_id = state.id;
    order.state_name = state.name;
    order.phase = state.phase;
    order.state_since = now_;
    switch (state.owner) {
        case Owner::kCentre:
            order.owner = kCentre;
            break;
        case Owner::kBranch:
            order.owner = order.branch.empty() ? kCentre : order.branch;
            break;
        case Owner::kNobody:
            order.owner.clear();
            break;
    }
    order.closed.reset();
    if (!IsFinal(state.phase)) {
        return;
    }
    order.closed = now_;
    order.petition.reset();
    order.suspended = false;
    order.suspended_until.reset();
    for (OrderClock& clock : order.clocks) {
        if (!clock.stop) {
            clock.stop = now_;
        }
    }
}

Status Draft::TurnClocks(const FlowStep& step) {
    Order& order = change_.order;
    const auto find = [&](ClockKind kind) {
        return std::find_if(order.clocks.begin(), order.clocks.end(), [&](const auto& c) { return c.kind == kind; });
    };
    for (const ClockKind kind : step.stops) {
        if (const auto clock = find(kind); clock != order.clocks.end() && !clock->stop) {
            clock->stop = now_;
        }
    }
    for (const ClockKind kind : step.starts) {
        if (const auto clock = find(kind); clock != order.clocks.end()) {
            clock->stop.reset();  // as it was: the time between counts
            continue;
        }
        const auto& limits = rules_.type.limits;
        const auto limit = std::find_if(limits.begin(), limits.end(), [&](const auto& l) { return l.clock == kind; });
        if (limit == limits.end()) {
            continue;
        }
        auto started = StartClock(*limit, rules_.calendar, now_);
        if (!started.ok()) {
            return started.error();
        }
        order.clocks.push_back(std::move(started).value());
    }
    return {};
}

void Draft::Log(const FlowStep& step, const std::string& text, const std::string& detail,
                const std::vector<Attachment>& attachments) {
    Order& order = change_.order;
    LogEntry entry;
    entry.number = static_cast<int>(++order.revision);
    entry.step = step.step;
    entry.step_id = step.id;
    entry.step_name = step.name;
    const bool automatic = step.by == By::kSystem;
    entry.actor = automatic ? kSystem : who_.actor;
    entry.actor_name = automatic ? "" : who_.name;
    entry.unit = automatic ? "" : who_.unit;
    entry.text = text;
    entry.detail = detail;
    entry.time = now_;
    entry.phase = order.phase;
    entry.state_id = order.state_id;
    entry.owner = order.owner;
    for (const Attachment& attachment : attachments) {
        entry.attachments.push_back(attachment.id);
        order.attachments.push_back(attachment);
    }
    change_.news.entries.push_back(std::move(entry));
}

Values Draft::TemplateValues(const std::string& text) const {
    const Order& order = change_.order;
    return {{"title", order.title},
            {"type", order.type_name},
            {"state", order.state_name},
            {"branch", rules_.units.NameOf(order.branch)},
            {"due", LocalTime(order.Due(), rules_.calendar)},
            {"text", text.empty() ? order.answer : text},
            {"customer", order.customer_name},
            {"description", Beginning(order.description)}};
}

// Every way that there is a text for; the first goes out at once.
void Draft::NotifyOne(const Follower& customer, Step step, Values values) {
    // Who wants to hear nothing is told nothing on any way.
    if (customer.medium == Medium::kNothing) {
        return;
    }
    values["number"] = customer.number;
    std::vector<ContactWay> ways{{customer.medium, customer.address}};
    ways.insert(ways.end(), customer.ways.begin(), customer.ways.end());
    int attempt = 0;
    for (auto way = ways.begin(); way != ways.end(); ++way) {
        const bool known =
            way->medium != Medium::kNone && !way->address.empty() && std::find(ways.begin(), way, *way) == way;
        const std::string* text = known ? rules_.templates.Find(step, way->medium, rules_.type.id) : nullptr;
        if (text == nullptr) {
            continue;
        }
        // Templates were checked when they were saved.
        if (auto rendered = Render(*text, values); rendered.ok()) {
            change_.news.notices.push_back({customer.order_id, customer.number, step, way->medium, way->address,
                                            std::move(rendered).value(), ++attempt});
        }
    }
}

void Draft::Notify(Step step, const std::string& text) {
    if (!rules_.type.notify.contains(step)) {
        return;
    }
    const Order& order = change_.order;
    const Values values = TemplateValues(text);
    NotifyOne({order.id.str(), order.number, order.notice_medium, order.notice_address, order.notice_ways}, step,
              values);
    for (const Follower& follower : order.followers) {
        NotifyOne(follower, step, values);
    }
}

Status Draft::TellCrew(const Crew& crew, const std::string& text) {
    const Order& order = change_.order;
    const std::string* pattern = rules_.templates.Find(Step::kSendCrew, Medium::kSms, rules_.type.id);
    if (pattern == nullptr) {
        return Error{Code::kFailedPrecondition, "NO_TEXT",
                     "there is no text of SEND_CREW by SMS; PutTemplate makes one"};
    }
    Values values = TemplateValues(text);
    values["number"] = order.number;
    auto rendered = Render(*pattern, values);
    if (!rendered.ok()) {
        return rendered.error();
    }
    change_.news.notices.push_back(
        {order.id.str(), order.number, Step::kSendCrew, Medium::kSms, crew.number, std::move(rendered).value(), 1});
    return {};
}

void Draft::Escalate(const std::string& reason) {
    Order& order = change_.order;
    const std::string from = order.escalated_to.empty() ? order.owner : order.escalated_to;
    order.escalated_to = rules_.units.Above(from.empty() ? kCentre : from);
    ++order.escalation_level;
    change_.news.escalations.push_back({order.escalated_to, order.escalation_level, reason});
}

Status Draft::RunAutomaticSteps() {
    Order& order = change_.order;
    // A published flow has no circle of steps at once; the bound is for the rest.
    for (size_t round = 0; round <= rules_.flow.states.size() && order.IsOpen() && !order.suspended; ++round) {
        const FlowStep* due = nullptr;
        for (const FlowStep* step : rules_.flow.From(order.state_id)) {
            if (step->by != By::kSystem || !Holds(*step, !order.branch.empty(), order.fields)) {
                continue;
            }
            const auto time = AutomaticTime(*step, order, rules_.calendar);
            if (time.ok() && *time <= now_) {
                due = step;
                break;
            }
        }
        if (due == nullptr) {
            return {};
        }
        if (due->answers_customer) {
            order.answered = true;
        }
        Enter(*rules_.flow.State(due->to));
        if (Status turned = TurnClocks(*due); !turned.ok()) {
            return turned;
        }
        Log(*due, "", "");
        Notify(due->step, "");
    }
    return {};
}

void Draft::ReadFields() {
    Order& order = change_.order;
    order.line = ValueOfKind(rules_.type.fields, order.fields, FieldKind::kLine);
    order.area = ValueOfKind(rules_.type.fields, order.fields, FieldKind::kArea);
    order.cause = ValueOfKind(rules_.type.fields, order.fields, FieldKind::kCause);
}

void Draft::Suspend(std::optional<TimePoint> until) {
    Order& order = change_.order;
    order.suspended = true;
    order.suspended_until = until;
    for (OrderClock& clock : order.clocks) {
        Pause(clock, rules_.calendar, now_);
    }
}

Status Draft::Resume() {
    Order& order = change_.order;
    order.suspended = false;
    order.suspended_until.reset();
    for (OrderClock& clock : order.clocks) {
        if (Status on = GoOn(clock, rules_.calendar, now_); !on.ok()) {
            return on;
        }
    }
    return {};
}

}  // namespace trunkline::workorder

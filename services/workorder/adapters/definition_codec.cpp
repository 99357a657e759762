// Mapping; enumerators have the same numbers on both sides.
#include "workorder/adapters/definition_codec.hpp"

#include <charconv>
#include <cstdio>

#include "calendar/statutory.hpp"
#include "workorder/adapters/times.hpp"

namespace trunkline::workorder {
namespace {

template <class Domain, class Proto>
Domain To(Proto value) {
    return static_cast<Domain>(static_cast<int>(value));
}

Field FromProto(const v1::Field& proto) {
    Field field;
    field.id = proto.field_id();
    field.name = proto.name();
    field.kind = To<FieldKind>(proto.kind());
    field.required = proto.required();
    field.choices = {proto.choices().begin(), proto.choices().end()};
    field.minimum = proto.minimum();
    field.maximum = proto.maximum();
    field.max_length = proto.max_length();
    field.shown_if_field = proto.shown_if_field();
    field.shown_if_value = proto.shown_if_value();
    return field;
}

FlowStep FromProto(const v1::FlowStep& proto) {
    FlowStep step;
    step.id = proto.step_id();
    step.name = proto.name();
    step.step = To<Step>(proto.step());
    step.from = {proto.from().begin(), proto.from().end()};
    step.to = proto.to();
    step.by = proto.by() == v1::FlowStep::BY_UNSPECIFIED ? By::kOwner : To<By>(proto.by());
    step.right = proto.right();
    step.text_required = proto.text_required();
    step.required_fields = {proto.required_fields().begin(), proto.required_fields().end()};
    step.answers_customer = proto.answers_customer();
    step.when = To<When>(proto.when());
    step.when_field = proto.when_field();
    step.when_value = proto.when_value();
    step.after_minutes = static_cast<int>(proto.after_minutes());
    step.waits_for_helpers = proto.waits_for_helpers();
    for (const int clock : proto.stops()) {
        step.stops.push_back(static_cast<ClockKind>(clock));
    }
    for (const int clock : proto.starts()) {
        step.starts.push_back(static_cast<ClockKind>(clock));
    }
    return step;
}

Result<calendar::Spans> ParseSpans(const google::protobuf::RepeatedPtrField<std::string>& texts) {
    calendar::Spans spans;
    for (const std::string& text : texts) {
        const auto span = ParseSpan(text);
        if (!span.ok()) {
            return span.error();
        }
        spans.push_back(*span);
    }
    return spans;
}

Status ReadStatutory(const v1::CalendarDefinition& proto, calendar::Rules& rules) {
    if (proto.statutory()) {
        rules.statutory = calendar::StatutoryTable();
        rules.names = calendar::StatutoryNames();
    }
    auto own = calendar::ParseStatutory(proto.statutory_lines());
    if (!own.ok()) {
        return own.error();
    }
    for (const auto& [date, kind] : *own) {
        rules.statutory[date] = kind;
    }
    for (const auto& [date, name] : calendar::ParseStatutoryNames(proto.statutory_lines())) {
        rules.names[date] = name;
    }
    return {};
}

Status ReadExceptions(const v1::CalendarDefinition& proto, calendar::Rules& rules) {
    for (const auto& day : proto.exceptions()) {
        const auto date = calendar::ParseDate(day.date());
        const auto spans = ParseSpans(day.spans());
        if (!date.ok() || !spans.ok()) {
            return date.ok() ? spans.error() : date.error();
        }
        rules.exceptions[*date] = *spans;
        rules.names[*date] = day.name();
    }
    for (const auto& given : proto.overrides()) {
        rules.overrides.push_back(
            {FromTimestamp(given.from_time()), FromTimestamp(given.to_time()), given.open(), given.reason()});
    }
    return {};
}

}  // namespace

Result<calendar::Span> ParseSpan(const std::string& text) {
    int from_hour = 0;
    int from_minute = 0;
    int to_hour = 0;
    int to_minute = 0;
    char rest = 0;
    // NOLINTNEXTLINE(cert-err34-c): the count of what was read is checked, and the numbers are bounded below
    const int read =
        std::sscanf(text.c_str(), "%2d:%2d-%2d:%2d%c", &from_hour, &from_minute, &to_hour, &to_minute, &rest);
    if (read != 4 || from_hour < 0 || from_minute < 0 || from_minute > 59 || to_hour < 0 || to_minute < 0 ||
        to_minute > 59) {
        return Error{Code::kInvalidArgument, "BAD_SPAN", "'" + text + "' is not a span such as 09:00-12:00"};
    }
    return calendar::Span{calendar::Minutes{from_hour * 60 + from_minute}, calendar::Minutes{to_hour * 60 + to_minute}};
}

std::string ToText(const calendar::Date& date) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return text.data();
}

v1::Fault ToProto(const Fault& fault) {
    v1::Fault proto;
    proto.set_place(fault.place);
    proto.set_reason(fault.reason);
    proto.set_message(fault.message);
    return proto;
}

TypeDefinition FromProto(const v1::OrderTypeDefinition& proto) {
    TypeDefinition type;
    type.id = proto.type_id();
    type.version = static_cast<int>(proto.version().version());
    type.kind = To<OrderType>(proto.kind());
    type.name = proto.name();
    type.flow_id = proto.flow_id();
    for (const auto& field : proto.fields()) {
        type.fields.push_back(FromProto(field));
    }
    for (const auto& limit : proto.limits()) {
        type.limits.push_back({To<ClockKind>(limit.clock()), static_cast<int>(limit.working_days()),
                               static_cast<int>(limit.working_minutes())});
    }
    type.calendar_id = proto.calendar_id();
    type.warn_percents = {proto.warn_percents().begin(), proto.warn_percents().end()};
    type.priority = proto.priority() == v1::PRIORITY_UNSPECIFIED ? Priority::kNormal : To<Priority>(proto.priority());
    type.default_branch = proto.default_branch();
    type.urging = {static_cast<int>(proto.urging().raise_priority_every()),
                   static_cast<int>(proto.urging().shorten_percent()), static_cast<int>(proto.urging().escalate_from()),
                   static_cast<int>(proto.urging().quiet_minutes())};
    type.duplicate_days = static_cast<int>(proto.duplicate_days());
    type.reopen_days = static_cast<int>(proto.reopen_days());
    for (const int step : proto.notify_steps()) {
        type.notify.insert(static_cast<Step>(step));
    }
    return type;
}

Flow FromProto(const v1::FlowDefinition& proto) {
    Flow flow;
    flow.id = proto.flow_id();
    flow.version = static_cast<int>(proto.version().version());
    for (const auto& state : proto.states()) {
        flow.states.push_back(
            {state.state_id(), state.name(), To<Phase>(state.phase()),
             state.owner() == v1::FlowState::OWNER_UNSPECIFIED ? Owner::kNobody : To<Owner>(state.owner())});
    }
    for (const auto& step : proto.steps()) {
        flow.steps.push_back(FromProto(step));
    }
    return flow;
}

Unit FromProto(const v1::Unit& proto) { return {proto.unit_id(), proto.name(), proto.parent_id(), proto.retired()}; }

Result<WorkingCalendar> FromProto(const v1::CalendarDefinition& proto) {
    calendar::Rules rules;
    rules.time_zone = proto.time_zone().empty() ? "Asia/Shanghai" : proto.time_zone();
    rules.make_up_weekday = static_cast<int>(proto.make_up_weekday());
    if (proto.weekly_size() > 7) {
        return Error{Code::kInvalidArgument, "BAD_WEEKDAY", "a week has seven days, Monday first"};
    }
    for (int day = 0; day < proto.weekly_size(); ++day) {
        const auto spans = ParseSpans(proto.weekly(day).spans());
        if (!spans.ok()) {
            return spans.error();
        }
        rules.weekly.at(static_cast<size_t>(day)) = *spans;
    }
    for (const Status& read : {ReadStatutory(proto, rules), ReadExceptions(proto, rules)}) {
        if (!read.ok()) {
            return read.error();
        }
    }
    return WorkingCalendar::Make(std::move(rules));
}

}  // namespace trunkline::workorder

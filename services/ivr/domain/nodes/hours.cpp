// Opening hours, answered by the working calendar.
#include "ivr/domain/nodes/hours.hpp"

#include <charconv>

#include "calendar/statutory.hpp"
#include "calendar/working_calendar.hpp"

namespace trunkline::ivr {
namespace {

using calendar::Minutes;

Result<Minutes> ParseTime(const std::string& text) {
    int hours = 0;
    int minutes = 0;
    const char* begin = text.data();
    const bool shaped = text.size() == 5 && text[2] == ':' &&
                        std::from_chars(begin, begin + 2, hours).ptr == begin + 2 &&
                        std::from_chars(begin + 3, begin + 5, minutes).ptr == begin + 5;
    const int total = hours * 60 + minutes;
    if (!shaped || hours < 0 || minutes < 0 || minutes > 59 || total > 24 * 60) {
        return Error{Code::kInvalidArgument, "BAD_TIME", "'" + text + "' is no time of day; write 08:30"};
    }
    return Minutes{total};
}

Result<calendar::Span> ParseSpan(const Hours::Span& span) {
    const auto from = ParseTime(span.from);
    if (!from) return from.error();
    const auto to = ParseTime(span.to);
    if (!to) return to.error();
    if (*from == *to) {
        return Error{Code::kInvalidArgument, "BAD_TIME", "a span from " + span.from + " to " + span.to + " is empty"};
    }
    return calendar::Span{*from, *to < *from ? *to + Minutes{24 * 60} : *to};
}

Status AddSpans(const Hours& hours, calendar::Rules& rules) {
    for (const Hours::Span& span : hours.spans) {
        const auto parsed = ParseSpan(span);
        if (!parsed) return parsed.error();
        for (const int weekday : span.weekdays) {
            if (weekday < 1 || weekday > 7) {
                return Error{Code::kInvalidArgument, "BAD_WEEKDAY",
                             "weekday " + std::to_string(weekday) + " must be 1 (Monday) to 7 (Sunday)"};
            }
            rules.weekly.at(static_cast<size_t>(weekday - 1)).push_back(*parsed);
        }
    }
    return {};
}

Status AddDates(const std::vector<std::string>& dates, calendar::DayKind kind, calendar::Rules& rules) {
    for (const std::string& text : dates) {
        const auto date = calendar::ParseDate(text);
        if (!date) return date.error();
        rules.statutory[*date] = kind;
    }
    return {};
}

Result<calendar::WorkingCalendar> MakeCalendar(const Hours& hours) {
    calendar::Rules rules;
    if (!hours.time_zone.empty()) rules.time_zone = hours.time_zone;
    if (auto status = AddSpans(hours, rules); !status) return status.error();
    if (auto status = AddDates(hours.closed_dates, calendar::DayKind::kOff, rules); !status) return status.error();
    if (auto status = AddDates(hours.workday_dates, calendar::DayKind::kMakeUpWorkday, rules); !status) {
        return status.error();
    }
    return calendar::WorkingCalendar::Make(std::move(rules));
}

}  // namespace

Step Hours::Start(Context& context) const {
    const auto calendar = MakeCalendar(*this);
    if (!calendar) return Fail{"BAD_HOURS"};
    return calendar->IsOpen(context.now) ? Continue{{"open", open}} : Continue{{"closed", closed}};
}

void Hours::Check(Problems& problems) const {
    problems.Expect(!spans.empty(), "spans is empty; the centre would never be open");
    if (const auto calendar = MakeCalendar(*this); !calendar) problems.Add(kBadParameter, calendar.error().message);
}

}  // namespace trunkline::ivr

// Hours as the operator wrote them, turned into rules of the calendar.
#include "acd/app/hours.hpp"

#include <algorithm>
#include <charconv>

#include "calendar/statutory.hpp"

namespace trunkline::acd {
namespace {

using calendar::Minutes;

constexpr int kDayMinutes = 24 * 60;

Error Invalid(const std::string& text) { return {Code::kInvalidArgument, "INVALID_QUEUE", "opening_hours: " + text}; }

Result<Minutes> ParseTime(const std::string& text) {
    int hours = 0;
    int minutes = 0;
    const char* begin = text.data();
    const bool shaped = text.size() == 5 && text[2] == ':' &&
                        std::from_chars(begin, begin + 2, hours).ptr == begin + 2 &&
                        std::from_chars(begin + 3, begin + 5, minutes).ptr == begin + 5;
    const int total = hours * 60 + minutes;
    if (!shaped || hours < 0 || minutes < 0 || minutes > 59 || total > kDayMinutes) {
        return Invalid("'" + text + "' is no time of day; write 08:30");
    }
    return Minutes{total};
}

Status AddSpan(const OpeningHours::Span& span, calendar::Rules& rules) {
    const auto from = ParseTime(span.from);
    const auto to = ParseTime(span.to);
    if (!from.ok() || !to.ok()) {
        return from.ok() ? to.error() : from.error();
    }
    if (span.weekday < 1 || span.weekday > 7 || *from == *to) {
        return Invalid("a span needs a weekday of 1 (Monday) to 7 (Sunday), and must not be empty");
    }
    const Minutes end = *to < *from ? *to + Minutes{kDayMinutes} : *to;
    rules.weekly.at(span.weekday - 1).push_back({*from, end});
    return {};
}

}  // namespace

Result<calendar::WorkingCalendar> CalendarOf(const OpeningHours& hours) {
    calendar::Rules rules;
    rules.time_zone = hours.time_zone.empty() ? rules.time_zone : hours.time_zone;
    for (const OpeningHours::Span& span : hours.spans) {
        if (const Status added = AddSpan(span, rules); !added.ok()) {
            return added.error();
        }
    }
    if (hours.statutory_days) {
        rules.statutory = calendar::StatutoryTable();
    }
    for (const std::string& text : hours.closed_dates) {
        const auto date = calendar::ParseDate(text);
        if (!date.ok()) {
            return Invalid(date.error().message);
        }
        rules.exceptions[*date] = {};
    }
    auto made = calendar::WorkingCalendar::Make(std::move(rules));
    return made.ok() ? std::move(made) : Result<calendar::WorkingCalendar>(Invalid(made.error().message));
}

Hours HoursAt(const OpeningHours& hours, const calendar::WorkingCalendar& calendar, TimePoint time) {
    if (calendar.IsOpen(time)) {
        return Hours::kOpen;
    }
    const calendar::Date today = calendar.LocalDate(time);
    const auto& statutory = calendar.rules().statutory;
    const auto day = statutory.find(today);
    const bool day_off = hours.statutory_days && day != statutory.end() && day->second == calendar::DayKind::kOff;
    const bool holiday = day_off || calendar.rules().exceptions.contains(today);
    return holiday ? Hours::kHoliday : Hours::kClosed;
}

}  // namespace trunkline::acd

// Day by day arithmetic over half-open intervals; time zones by Howard Hinnant's date library and the system's tzdata.
#include "calendar/working_calendar.hpp"

#include <date/tz.h>

#include <algorithm>

#include "calendar/statutory.hpp"

namespace trunkline::calendar {
namespace {

constexpr Minutes kDay{24 * 60};
constexpr int kSearchDays = 3660;

date::local_days ToLocalDays(Date date) {
    const std::chrono::sys_days days{date};
    return date::local_days{days.time_since_epoch()};
}

Date FromLocalDays(date::local_days days) { return Date{std::chrono::sys_days{days.time_since_epoch()}}; }

Date NextDay(Date date, int by = 1) { return Date{std::chrono::sys_days{date} + std::chrono::days{by}}; }

// 0 Monday .. 6 Sunday.
size_t WeekdayIndex(Date date) { return std::chrono::weekday{std::chrono::sys_days{date}}.iso_encoding() - 1; }

Status CheckSpans(const Spans& spans) {
    for (const Span& span : spans) {
        if (span.from < Minutes{0} || span.from >= kDay || span.to <= span.from || span.to - span.from > kDay) {
            return Error{Code::kInvalidArgument, "BAD_SPAN",
                         "a span must start within the day and last from 1 minute to 24 hours"};
        }
    }
    return {};
}

}  // namespace

Rules ChineseOfficeRules() {
    Rules rules;
    const Spans office{{Minutes{9 * 60}, Minutes{12 * 60}}, {Minutes{13 * 60 + 30}, Minutes{17 * 60 + 30}}};
    std::fill(rules.weekly.begin(), rules.weekly.begin() + 5, office);
    rules.statutory = StatutoryTable();
    return rules;
}

Rules AroundTheClockRules() {
    Rules rules;
    rules.weekly.fill({{Minutes{0}, kDay}});
    return rules;
}

Result<WorkingCalendar> WorkingCalendar::Make(Rules rules) {
    try {
        date::locate_zone(rules.time_zone);
    } catch (const std::exception&) {
        return Error{Code::kInvalidArgument, "UNKNOWN_TIME_ZONE",
                     "'" + rules.time_zone + "' is not a time zone; use an IANA name such as Asia/Shanghai"};
    }
    for (const Spans& spans : rules.weekly) {
        if (Status sound = CheckSpans(spans); !sound.ok()) {
            return sound.error();
        }
    }
    for (const auto& [date, spans] : rules.exceptions) {
        if (Status sound = CheckSpans(spans); !sound.ok()) {
            return sound.error();
        }
    }
    if (rules.make_up_weekday < 0 || rules.make_up_weekday > 6) {
        return Error{Code::kInvalidArgument, "BAD_WEEKDAY", "the make-up weekday must be 0 (Monday) to 6 (Sunday)"};
    }
    return WorkingCalendar(std::move(rules));
}

const Spans& WorkingCalendar::SpansOf(Date date) const {
    static const Spans kClosed;
    if (const auto exception = rules_.exceptions.find(date); exception != rules_.exceptions.end()) {
        return exception->second;
    }
    if (const auto day = rules_.statutory.find(date); day != rules_.statutory.end()) {
        return day->second == DayKind::kOff ? kClosed : rules_.weekly.at(static_cast<size_t>(rules_.make_up_weekday));
    }
    return rules_.weekly.at(WeekdayIndex(date));
}

TimePoint WorkingCalendar::ToUtc(Date date, Minutes since_midnight) const {
    const auto local = ToLocalDays(date) + since_midnight;
    // Where clocks jump, the earlier of two equal local times is meant, and a missing one is the jump itself.
    const auto zoned = date::make_zoned(rules_.time_zone, local, date::choose::earliest);
    return std::chrono::time_point_cast<Duration>(zoned.get_sys_time());
}

Date WorkingCalendar::LocalDate(TimePoint time) const {
    const auto zoned = date::make_zoned(rules_.time_zone, std::chrono::floor<std::chrono::seconds>(time));
    return FromLocalDays(date::floor<date::days>(zoned.get_local_time()));
}

std::vector<WorkingCalendar::Interval> WorkingCalendar::IntervalsOf(Date date) const {
    std::vector<Interval> intervals;
    for (const Span& span : SpansOf(date)) {
        const Interval interval{ToUtc(date, span.from), ToUtc(date, span.to)};
        if (interval.from < interval.to) {
            intervals.push_back(interval);
        }
    }
    std::sort(intervals.begin(), intervals.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
    return intervals;
}

bool WorkingCalendar::IsWorkday(Date date) const { return !SpansOf(date).empty(); }

bool WorkingCalendar::IsOpen(TimePoint time) const {
    const Date today = LocalDate(time);
    for (const Date date : {NextDay(today, -1), today}) {
        for (const Interval& interval : IntervalsOf(date)) {
            if (interval.from <= time && time < interval.to) {
                return true;
            }
        }
    }
    return false;
}

Result<TimePoint> WorkingCalendar::Add(TimePoint start, Minutes work) const {
    Duration left = work;
    if (left <= Duration::zero()) {
        return start;
    }
    TimePoint reached = start;
    // Yesterday's last span may run into today.
    Date date = NextDay(LocalDate(start), -1);
    for (int day = 0; day < kSearchDays; ++day, date = NextDay(date)) {
        for (const Interval& interval : IntervalsOf(date)) {
            const TimePoint from = std::max(interval.from, reached);
            if (from >= interval.to) {
                continue;
            }
            if (left <= interval.to - from) {
                return from + left;
            }
            left -= interval.to - from;
            reached = interval.to;
        }
    }
    return Error{Code::kOutOfRange, "NO_WORKING_TIME", "there is not so much working time within ten years"};
}

Duration WorkingCalendar::Between(TimePoint start, TimePoint end) const {
    Duration sum{};
    TimePoint reached = start;
    const Date last = LocalDate(end);
    for (Date date = NextDay(LocalDate(start), -1); date <= last; date = NextDay(date)) {
        for (const Interval& interval : IntervalsOf(date)) {
            const TimePoint from = std::max(interval.from, reached);
            const TimePoint to = std::min(interval.to, end);
            if (from < to) {
                sum += to - from;
                reached = to;
            }
        }
    }
    return sum;
}

Result<TimePoint> WorkingCalendar::EndOfWorkingDay(TimePoint start, int days) const {
    Date date = LocalDate(start);
    for (int day = 0, left = days; day < kSearchDays; ++day) {
        date = NextDay(date);
        if (!IsWorkday(date) || --left > 0) {
            continue;
        }
        return IntervalsOf(date).back().to;
    }
    return Error{Code::kOutOfRange, "NO_WORKING_TIME", "there are not so many working days within ten years"};
}

bool WorkingCalendar::KnowsYear(int year) const {
    return std::any_of(rules_.statutory.begin(), rules_.statutory.end(),
                       [&](const auto& day) { return static_cast<int>(day.first.year()) == year; });
}

}  // namespace trunkline::calendar

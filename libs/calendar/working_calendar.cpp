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

Interval Clip(const Interval& interval, const Interval& to) {
    return {std::max(interval.from, to.from), std::min(interval.to, to.to)};
}

// Adds one to a list that is disjoint and in order, and stays so; an empty one adds nothing.
void Unite(std::vector<Interval>& intervals, Interval added) {
    if (added.from >= added.to) {
        return;
    }
    std::vector<Interval> united;
    for (const Interval& interval : intervals) {
        if (interval.to < added.from || interval.from > added.to) {
            united.push_back(interval);
        } else {
            added = {std::min(added.from, interval.from), std::max(added.to, interval.to)};
        }
    }
    const auto place = std::find_if(united.begin(), united.end(), [&](const auto& i) { return i.from > added.from; });
    united.insert(place, added);
    intervals = std::move(united);
}

void Subtract(std::vector<Interval>& intervals, const Interval& taken) {
    if (taken.from >= taken.to) {
        return;
    }
    std::vector<Interval> left;
    for (const Interval& interval : intervals) {
        for (const Interval& part : {Interval{interval.from, std::min(interval.to, taken.from)},
                                     Interval{std::max(interval.from, taken.to), interval.to}}) {
            if (part.from < part.to) {
                left.push_back(part);
            }
        }
    }
    intervals = std::move(left);
}

Duration Total(const std::vector<Interval>& intervals, const Interval& within) {
    Duration sum{};
    for (const Interval& interval : intervals) {
        const Interval part = Clip(interval, within);
        sum += std::max(Duration::zero(), Duration(part.to - part.from));
    }
    return sum;
}

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
    rules.names = StatutoryNames();
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
    for (const Override& given : rules.overrides) {
        if (given.from >= given.to) {
            return Error{Code::kInvalidArgument, "BAD_OVERRIDE", "an override must end after its beginning"};
        }
    }
    if (rules.make_up_weekday < 0 || rules.make_up_weekday > 6) {
        return Error{Code::kInvalidArgument, "BAD_WEEKDAY", "the make-up weekday must be 0 (Monday) to 6 (Sunday)"};
    }
    return WorkingCalendar(std::move(rules));
}

Layer WorkingCalendar::LayerOf(Date date) const {
    if (rules_.exceptions.contains(date)) {
        return Layer::kException;
    }
    const auto day = rules_.statutory.find(date);
    if (day == rules_.statutory.end()) {
        return Layer::kWeekly;
    }
    return day->second == DayKind::kOff ? Layer::kStatutoryOff : Layer::kMakeUpWorkday;
}

const Spans& WorkingCalendar::SpansOf(Date date) const {
    static const Spans kClosed;
    switch (LayerOf(date)) {
        case Layer::kException:
            return rules_.exceptions.at(date);
        case Layer::kStatutoryOff:
            return kClosed;
        case Layer::kMakeUpWorkday:
            return rules_.weekly.at(static_cast<size_t>(rules_.make_up_weekday));
        default:
            return rules_.weekly.at(WeekdayIndex(date));
    }
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

std::string WorkingCalendar::Local(TimePoint time) const {
    return date::format("%Y-%m-%d %H:%M", date::make_zoned(rules_.time_zone, std::chrono::floor<Minutes>(time)));
}

std::vector<Interval> WorkingCalendar::SpansInUtc(Date date) const {
    std::vector<Interval> intervals;
    for (const Span& span : SpansOf(date)) {
        Unite(intervals, {ToUtc(date, span.from), ToUtc(date, span.to)});
    }
    return intervals;
}

std::vector<Interval> WorkingCalendar::IntervalsOf(Date date) const {
    const Interval day{ToUtc(date, Minutes{0}), ToUtc(NextDay(date), Minutes{0})};
    std::vector<Interval> intervals;
    // Yesterday's last span may run into today.
    for (const Date start : {NextDay(date, -1), date}) {
        for (const Interval& interval : SpansInUtc(start)) {
            Unite(intervals, Clip(interval, day));
        }
    }
    for (const Override& given : rules_.overrides) {
        const Interval part = Clip({given.from, given.to}, day);
        if (given.open) {
            Unite(intervals, part);
        } else {
            Subtract(intervals, part);
        }
    }
    return intervals;
}

std::optional<TimePoint> WorkingCalendar::EndOf(Date date) const {
    auto intervals = SpansInUtc(date);
    for (const Override& given : rules_.overrides) {
        if (!given.open) {
            Subtract(intervals, {given.from, given.to});
        }
    }
    return intervals.empty() ? std::nullopt : std::optional(intervals.back().to);
}

bool WorkingCalendar::IsWorkday(Date date) const { return EndOf(date).has_value(); }

bool WorkingCalendar::IsOpen(TimePoint time) const {
    const auto intervals = IntervalsOf(LocalDate(time));
    return std::any_of(intervals.begin(), intervals.end(),
                       [&](const Interval& interval) { return interval.from <= time && time < interval.to; });
}

Result<TimePoint> WorkingCalendar::Add(TimePoint start, Duration work) const {
    Duration left = work;
    if (left <= Duration::zero()) {
        return start;
    }
    Date date = LocalDate(start);
    for (int day = 0; day < kSearchDays; ++day, date = NextDay(date)) {
        for (const Interval& interval : IntervalsOf(date)) {
            const TimePoint from = std::max(interval.from, start);
            if (from >= interval.to) {
                continue;
            }
            if (left <= interval.to - from) {
                return from + left;
            }
            left -= interval.to - from;
        }
    }
    return Error{Code::kOutOfRange, "NO_WORKING_TIME", "there is not so much working time within ten years"};
}

Duration WorkingCalendar::Between(TimePoint start, TimePoint end) const {
    Duration sum{};
    const Date last = LocalDate(end);
    for (Date date = LocalDate(start); date <= last; date = NextDay(date)) {
        sum += Total(IntervalsOf(date), {start, end});
    }
    return sum;
}

Result<TimePoint> WorkingCalendar::EndOfWorkingDay(TimePoint start, int days) const {
    Date date = LocalDate(start);
    for (int day = 0, left = days; day < kSearchDays; ++day) {
        date = NextDay(date);
        const auto end = EndOf(date);
        if (end && --left <= 0) {
            return *end;
        }
    }
    return Error{Code::kOutOfRange, "NO_WORKING_TIME", "there are not so many working days within ten years"};
}

std::vector<DayAccount> WorkingCalendar::Explain(TimePoint start, TimePoint end, size_t limit) const {
    std::vector<DayAccount> days;
    const Date last = LocalDate(end);
    for (Date date = LocalDate(start); date <= last && days.size() < limit; date = NextDay(date)) {
        DayAccount account{date, LayerOf(date), {}, IntervalsOf(date), {}};
        if (const auto name = rules_.names.find(date); name != rules_.names.end()) {
            account.name = name->second;
        }
        const Interval day{ToUtc(date, Minutes{0}), ToUtc(NextDay(date), Minutes{0})};
        for (const Override& given : rules_.overrides) {
            const Interval part = Clip({given.from, given.to}, day);
            if (part.from < part.to) {
                account.layer = Layer::kOverride;
                account.name = given.reason;
            }
        }
        account.counted = Total(account.open, {start, end});
        days.push_back(std::move(account));
    }
    return days;
}

bool WorkingCalendar::KnowsYear(int year) const {
    return std::any_of(rules_.statutory.begin(), rules_.statutory.end(),
                       [&](const auto& day) { return static_cast<int>(day.first.year()) == year; });
}

}  // namespace trunkline::calendar

// Working time in layers: weekly hours, then statutory days off and make-up workdays, then exceptions of a site.
// All spans are half-open, so midnight belongs to the day that begins.
#pragma once
#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "clock/clock.hpp"
#include "result/result.hpp"

namespace trunkline::calendar {

using Minutes = std::chrono::minutes;
// A date without a time zone.
using Date = std::chrono::year_month_day;

// Part of a local day, counted from its midnight; `to` above 24 h runs into the next day.
struct Span {
    Minutes from{};
    Minutes to{};
};
using Spans = std::vector<Span>;

enum class DayKind { kOff, kMakeUpWorkday };

struct Rules {
    std::string time_zone = "Asia/Shanghai";  // IANA name
    // Hours of Monday (0) to Sunday (6); an empty day is closed.
    std::array<Spans, 7> weekly;
    // Statutory table: days off, and workdays that make up for them.
    std::map<Date, DayKind> statutory;
    // A make-up workday has the hours of this weekday, 0 Monday .. 6 Sunday.
    int make_up_weekday = 0;
    // Hours of single days that beat everything above.
    std::map<Date, Spans> exceptions;
};

// Monday to Friday, 09:00-12:00 and 13:30-17:30, Asia/Shanghai, with the statutory tables this library ships.
Rules ChineseOfficeRules();
// Every day from 00:00 to 24:00.
Rules AroundTheClockRules();

// Answers questions about working time; immutable, safe from any thread.
class WorkingCalendar {
 public:
    // kInvalidArgument when the time zone is unknown or a span is empty, negative, longer than 24 h or starts after the
    // day's end.
    static Result<WorkingCalendar> Make(Rules rules);

    bool IsOpen(TimePoint time) const;
    // Does the local date have working hours?
    bool IsWorkday(Date date) const;
    Date LocalDate(TimePoint time) const;

    // The moment at which `work` of working time has passed since `start`; the inverse of Between. kOutOfRange when
    // there is not so much within ten years.
    Result<TimePoint> Add(TimePoint start, Minutes work) const;
    // Working time from `start` to `end`, which must not be before it.
    Duration Between(TimePoint start, TimePoint end) const;
    // End of the last working hour of the n-th working day after the local date of `start`: the day on which something
    // is received does not count. kOutOfRange as Add.
    Result<TimePoint> EndOfWorkingDay(TimePoint start, int days) const;
    // Does the statutory table know this year? Otherwise weekday rules were used.
    bool KnowsYear(int year) const;

    const Rules& rules() const { return rules_; }

 private:
    struct Interval {
        TimePoint from;
        TimePoint to;
    };

    explicit WorkingCalendar(Rules rules) : rules_(std::move(rules)) {}
    const Spans& SpansOf(Date date) const;
    std::vector<Interval> IntervalsOf(Date date) const;
    TimePoint ToUtc(Date date, Minutes since_midnight) const;

    Rules rules_;
};

}  // namespace trunkline::calendar

// Working time in layers: weekly hours, then statutory days off and make-up workdays, then exceptions of a site, then
// what was opened or closed just now. All spans are half-open, so midnight belongs to the day that begins.
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

// Opened or closed from one moment to another, whatever the layers below say: a typhoon, a big event.
struct Override {
    TimePoint from{};
    TimePoint to{};
    bool open = false;
    std::string reason;
};

// Which layer decided a day.
enum class Layer { kWeekly, kStatutoryOff, kMakeUpWorkday, kException, kOverride };

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
    // Beat the exceptions; a later one beats an earlier one.
    std::vector<Override> overrides;
    // What people call the days of the statutory table and of the exceptions.
    std::map<Date, std::string> names;
};

struct Interval {
    TimePoint from{};
    TimePoint to{};
};

// One local day, for showing how a deadline came to be.
struct DayAccount {
    Date date{};
    Layer layer{};
    std::string name;
    std::vector<Interval> open;  // disjoint, oldest first
    Duration counted{};          // of the time asked for
};

// Monday to Friday, 09:00-12:00 and 13:30-17:30, Asia/Shanghai, with the statutory tables this library ships.
Rules ChineseOfficeRules();
// Every day from 00:00 to 24:00.
Rules AroundTheClockRules();

// Answers questions about working time; immutable, safe from any thread.
class WorkingCalendar {
 public:
    // kInvalidArgument when the time zone is unknown, a span is empty, negative, longer than 24 h or starts after the
    // day's end, or an override does not end after its beginning.
    static Result<WorkingCalendar> Make(Rules rules);

    bool IsOpen(TimePoint time) const;
    // Do working hours begin on the local date? Hours that only an override opened do not make it a working day.
    bool IsWorkday(Date date) const;
    Date LocalDate(TimePoint time) const;
    // "2026-10-01 17:30" in the calendar's zone.
    std::string Local(TimePoint time) const;

    // The moment at which `work` of working time has passed since `start`; the inverse of Between. kOutOfRange when
    // there is not so much within ten years.
    Result<TimePoint> Add(TimePoint start, Duration work) const;
    // Working time from `start` to `end`, which must not be before it.
    Duration Between(TimePoint start, TimePoint end) const;
    // End of the last working hour of the n-th working day after the local date of `start`: the day on which something
    // is received does not count. kOutOfRange as Add.
    Result<TimePoint> EndOfWorkingDay(TimePoint start, int days) const;
    // Does the statutory table know this year? Otherwise weekday rules were used.
    bool KnowsYear(int year) const;
    // The local days from `start` to `end`, at most `limit` of them: what was open, by which layer, and what of it lies
    // between the two. The sum of `counted` is Between(start, end) when the limit was enough.
    std::vector<DayAccount> Explain(TimePoint start, TimePoint end, size_t limit = 400) const;

    const Rules& rules() const { return rules_; }

 private:
    explicit WorkingCalendar(Rules rules) : rules_(std::move(rules)) {}
    const Spans& SpansOf(Date date) const;
    Layer LayerOf(Date date) const;
    // What the layers below the overrides give the spans that start on the date; may run into the next day.
    std::vector<Interval> SpansInUtc(Date date) const;
    // Everything open within the local day; disjoint, oldest first.
    std::vector<Interval> IntervalsOf(Date date) const;
    // When the working hours that start on the date end; none when there are none, or all were closed.
    std::optional<TimePoint> EndOf(Date date) const;
    TimePoint ToUtc(Date date, Minutes since_midnight) const;

    Rules rules_;
};

}  // namespace trunkline::calendar

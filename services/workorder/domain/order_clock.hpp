// One clock of an order: how much working time is allowed, how much is used, when it is due. Pure arithmetic on a
// working calendar; pausing and going on loses and gains nothing.
#pragma once
#include <optional>
#include <vector>

#include "calendar/working_calendar.hpp"
#include "workorder/domain/order_type.hpp"

namespace trunkline::workorder {

using calendar::WorkingCalendar;

struct OrderClock {
    ClockKind kind{};
    TimeLimit limit;
    TimePoint start{};
    TimePoint due{};
    TimePoint first_due{};  // before extensions, suspensions, urgings
    std::optional<TimePoint> stop;
    std::optional<TimePoint> paused_at;
    TimePoint since{};   // it runs since then, with
    Duration used{};     // of working time used before
    Duration allowed{};  // working time in all
    Duration extended{};
    Duration paused{};  // wall time in suspension
    std::vector<int> warned;

    bool Runs() const { return !stop && !paused_at; }
};

Result<OrderClock> StartClock(const TimeLimit& limit, const WorkingCalendar& calendar, TimePoint now);
void Pause(OrderClock& clock, const WorkingCalendar& calendar, TimePoint now);
// A clock that was late when it was paused stays as late as it was.
Status GoOn(OrderClock& clock, const WorkingCalendar& calendar, TimePoint now);
// Moves the deadline to the end of the n-th working day after it.
Status Extend(OrderClock& clock, const WorkingCalendar& calendar, int days, TimePoint now);
// Takes a share of the time that is left; nothing of a clock that is late or does not run.
Status Shorten(OrderClock& clock, const WorkingCalendar& calendar, int percent, TimePoint now);
// The calendar has changed: the deadline that the same allowance has now.
Status Follow(OrderClock& clock, const WorkingCalendar& calendar);
// Used working time in percent of what is allowed, above 100 when late; at most 1000.
int Percent(const OrderClock& clock, const WorkingCalendar& calendar, TimePoint now);
// When the next of `percents` that was not warned of is reached; none when the clock does not run.
std::optional<TimePoint> NextWarning(const OrderClock& clock, const WorkingCalendar& calendar,
                                     const std::vector<int>& percents);
bool IsLate(const OrderClock& clock, TimePoint now);

}  // namespace trunkline::workorder

// The arithmetic: allowed = used + what lies between `since` and `due`, unless it is late.
#include "workorder/domain/order_clock.hpp"

#include <algorithm>

namespace trunkline::workorder {
namespace {

constexpr Duration kLeast = std::chrono::minutes{1};
constexpr int kPercentLimit = 1000;
// Beyond this a clock is simply very late; counting days for ever would not tell more.
constexpr std::chrono::days kCountLimit{800};

Duration UsedAt(const OrderClock& clock, const WorkingCalendar& calendar, TimePoint now) {
    const TimePoint end = clock.stop.value_or(clock.paused_at.value_or(now));
    if (clock.paused_at || end <= clock.since) {
        return clock.used;
    }
    return clock.used + calendar.Between(clock.since, std::min(end, TimePoint(clock.since + kCountLimit)));
}

void ForgetWarnings(OrderClock& clock, const WorkingCalendar& calendar, TimePoint now) {
    const int percent = Percent(clock, calendar, now);
    std::erase_if(clock.warned, [&](int warned) { return warned > percent; });
}

Status PlaceDue(OrderClock& clock, const WorkingCalendar& calendar) {
    const auto due = calendar.Add(clock.since, clock.allowed - clock.used);
    if (!due.ok()) {
        return due.error();
    }
    clock.due = *due;
    return {};
}

}  // namespace

Result<OrderClock> StartClock(const TimeLimit& limit, const WorkingCalendar& calendar, TimePoint now) {
    const auto due = limit.days > 0 ? calendar.EndOfWorkingDay(now, limit.days)
                                    : calendar.Add(now, std::chrono::minutes{limit.minutes});
    if (!due.ok()) {
        return due.error();
    }
    OrderClock clock;
    clock.kind = limit.clock;
    clock.limit = limit;
    clock.start = clock.since = now;
    clock.due = clock.first_due = *due;
    clock.allowed = std::max(kLeast, calendar.Between(now, *due));
    return clock;
}

void Pause(OrderClock& clock, const WorkingCalendar& calendar, TimePoint now) {
    if (clock.Runs()) {
        clock.used = UsedAt(clock, calendar, now);
        clock.paused_at = now;
    }
}

Status GoOn(OrderClock& clock, const WorkingCalendar& calendar, TimePoint now) {
    if (!clock.paused_at) {
        return {};
    }
    clock.paused += now - *clock.paused_at;
    clock.paused_at.reset();
    clock.since = now;
    return clock.used < clock.allowed ? PlaceDue(clock, calendar) : Status{};
}

Status Extend(OrderClock& clock, const WorkingCalendar& calendar, int days, TimePoint now) {
    const auto due = calendar.EndOfWorkingDay(clock.due, days);
    if (!due.ok()) {
        return due.error();
    }
    const Duration more = calendar.Between(clock.due, *due);
    clock.allowed += more;
    clock.extended += more;
    clock.due = *due;
    ForgetWarnings(clock, calendar, now);
    return {};
}

Status Shorten(OrderClock& clock, const WorkingCalendar& calendar, int percent, TimePoint now) {
    if (!clock.Runs() || IsLate(clock, now) || percent <= 0) {
        return {};
    }
    clock.allowed -= calendar.Between(now, clock.due) * percent / 100;
    return PlaceDue(clock, calendar);
}

Status Follow(OrderClock& clock, const WorkingCalendar& calendar) {
    if (!clock.Runs()) {
        return {};
    }
    const bool untouched = clock.used == Duration::zero() && clock.due == clock.first_due;
    if (clock.limit.days == 0 || !untouched) {
        return clock.used < clock.allowed ? PlaceDue(clock, calendar) : Status{};
    }
    const auto due = calendar.EndOfWorkingDay(clock.start, clock.limit.days);
    if (!due.ok()) {
        return due.error();
    }
    clock.due = clock.first_due = *due;
    clock.allowed = std::max(kLeast, calendar.Between(clock.start, *due));
    return {};
}

int Percent(const OrderClock& clock, const WorkingCalendar& calendar, TimePoint now) {
    const auto used = UsedAt(clock, calendar, now);
    const int64_t percent = used / (std::max(kLeast, clock.allowed) / 100);
    return static_cast<int>(std::min<int64_t>(percent, kPercentLimit));
}

std::optional<TimePoint> NextWarning(const OrderClock& clock, const WorkingCalendar& calendar,
                                     const std::vector<int>& percents) {
    std::optional<TimePoint> next;
    for (const int percent : percents) {
        if (!clock.Runs() || std::find(clock.warned.begin(), clock.warned.end(), percent) != clock.warned.end()) {
            continue;
        }
        const auto moment = calendar.Add(clock.since, clock.allowed * percent / 100 - clock.used);
        if (moment.ok() && (!next || *moment < *next)) {
            next = *moment;
        }
    }
    return next;
}

bool IsLate(const OrderClock& clock, TimePoint now) { return clock.stop.value_or(now) > clock.due && !clock.paused_at; }

}  // namespace trunkline::workorder

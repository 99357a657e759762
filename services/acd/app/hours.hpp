// Opening hours of queues, answered by the working calendar.
#pragma once
#include <map>
#include <string>

#include "acd/domain/queue.hpp"
#include "calendar/working_calendar.hpp"

namespace trunkline::acd {

// INVALID_ARGUMENT naming what is wrong with the hours.
Result<calendar::WorkingCalendar> CalendarOf(const OpeningHours& hours);

// Open, closed, or closed because of a statutory day off or a closed date.
Hours HoursAt(const OpeningHours& hours, const calendar::WorkingCalendar& calendar, TimePoint time);

}  // namespace trunkline::acd

// Statutory days off and make-up workdays of mainland China, as announced each November for the next year by the
// General Office of the State Council. The tables are data files under data/, compiled in.
#pragma once
#include <map>
#include <string_view>

#include "calendar/working_calendar.hpp"

namespace trunkline::calendar {

// Every year this library ships.
std::map<Date, DayKind> StatutoryTable();

// What the days of those tables are called, such as "National Day".
std::map<Date, std::string> StatutoryNames();

// The names in a table that ParseStatutory accepts.
std::map<Date, std::string> ParseStatutoryNames(std::string_view text);

// Reads one table: lines "2026-10-01 off National Day" or "2026-10-10 work National Day"; '#' starts a comment.
// kInvalidArgument names the line.
Result<std::map<Date, DayKind>> ParseStatutory(std::string_view text);

// "2026-10-01"; kInvalidArgument when it is no date.
Result<Date> ParseDate(std::string_view text);

}  // namespace trunkline::calendar

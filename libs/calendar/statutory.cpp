// Reading the tables.
#include "calendar/statutory.hpp"

#include <cassert>
#include <charconv>
#include <sstream>

#include "calendar/statutory_data.hpp"

namespace trunkline::calendar {
namespace {

template <class Number>
bool ReadNumber(std::string_view text, Number& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size();
}

}  // namespace

Result<Date> ParseDate(std::string_view text) {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    if (text.size() == 10 && text[4] == '-' && text[7] == '-' && ReadNumber(text.substr(0, 4), year) &&
        ReadNumber(text.substr(5, 2), month) && ReadNumber(text.substr(8, 2), day)) {
        const Date date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
        if (date.ok()) {
            return date;
        }
    }
    return Error{Code::kInvalidArgument, "BAD_DATE", "'" + std::string(text) + "' is not a date such as 2026-10-01"};
}

Result<std::map<Date, DayKind>> ParseStatutory(std::string_view text) {
    std::map<Date, DayKind> table;
    std::istringstream lines{std::string(text)};
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        if (line.empty() || line[0] == '#') {
            continue;
        }
        std::istringstream words(line);
        std::string day;
        std::string kind;
        words >> day >> kind;
        const auto date = ParseDate(day);
        if (!date.ok() || (kind != "off" && kind != "work") || table.contains(*date)) {
            return Error{Code::kInvalidArgument, "BAD_TABLE",
                         "line " + std::to_string(number) + " of the holiday table, '" + line +
                             "', is not DATE off|work NAME with a new date"};
        }
        table[*date] = kind == "off" ? DayKind::kOff : DayKind::kMakeUpWorkday;
    }
    return table;
}

std::map<Date, std::string> ParseStatutoryNames(std::string_view text) {
    std::map<Date, std::string> names;
    std::istringstream lines{std::string(text)};
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string day;
        std::string kind;
        std::string name;
        words >> day >> kind >> std::ws;
        std::getline(words, name);
        if (const auto date = ParseDate(day); date.ok()) {
            names[*date] = name;
        }
    }
    return names;
}

std::map<Date, std::string> StatutoryNames() { return ParseStatutoryNames(kStatutoryData); }

std::map<Date, DayKind> StatutoryTable() {
    auto table = ParseStatutory(kStatutoryData);
    assert(table.ok());
    return std::move(table).value();
}

}  // namespace trunkline::calendar

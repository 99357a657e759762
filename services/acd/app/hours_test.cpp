// Opening hours of queues.
#include "acd/app/hours.hpp"

#include <catch2/catch.hpp>

namespace trunkline::acd {
namespace {

// 2026-10-01 09:00 in Shanghai, a Thursday and National Day.
const TimePoint kNationalDay = FromUnixMillis(1790816400000);
constexpr Duration kDay = std::chrono::hours(24);

OpeningHours Office() {
    OpeningHours hours;
    for (uint32_t weekday = 1; weekday <= 5; ++weekday) {
        hours.spans.push_back({weekday, "08:30", "17:00"});
    }
    hours.statutory_days = true;
    return hours;
}

Hours At(const OpeningHours& hours, TimePoint time) {
    const auto calendar = CalendarOf(hours);
    REQUIRE(calendar.ok());
    return HoursAt(hours, *calendar, time);
}

}  // namespace

TEST_CASE("hours: a workday is open, its night closed, a statutory day off a holiday", "[acd][hours]") {
    CHECK(At(Office(), kNationalDay) == Hours::kHoliday);
    CHECK(At(Office(), kNationalDay - kDay) == Hours::kOpen);
    CHECK(At(Office(), kNationalDay - kDay + std::chrono::hours(12)) == Hours::kClosed);
    OpeningHours plain = Office();
    plain.statutory_days = false;
    CHECK(At(plain, kNationalDay) == Hours::kOpen);
    plain.closed_dates = {"2026-10-01"};
    CHECK(At(plain, kNationalDay) == Hours::kHoliday);
}

TEST_CASE("hours: what cannot be understood is refused with its place", "[acd][hours]") {
    OpeningHours hours = Office();
    hours.spans[0].from = "8:30";
    CHECK(CalendarOf(hours).error().reason == "INVALID_QUEUE");
    hours = Office();
    hours.spans[0].weekday = 8;
    CHECK_FALSE(CalendarOf(hours).ok());
    hours = Office();
    hours.closed_dates = {"2026-13-01"};
    CHECK_FALSE(CalendarOf(hours).ok());
    hours = Office();
    hours.time_zone = "Mars/Olympus";
    CHECK_FALSE(CalendarOf(hours).ok());
}

}  // namespace trunkline::acd

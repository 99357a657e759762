// Working time: layers, midnight, time zones, and the inverse of Add and Between.
#include "calendar/working_calendar.hpp"

#include <date/tz.h>

#include <catch2/catch.hpp>
#include <random>

#include "calendar/statutory.hpp"

namespace trunkline::calendar {
namespace {

using std::chrono::hours;

TimePoint At(const std::string& zone, int year, unsigned month, unsigned day, int hour, int minute) {
    const date::local_days local{date::year{year} / static_cast<int>(month) / static_cast<int>(day)};
    const auto zoned = date::make_zoned(zone, local + hours{hour} + Minutes{minute}, date::choose::earliest);
    return std::chrono::time_point_cast<Duration>(zoned.get_sys_time());
}

TimePoint Shanghai(int year, unsigned month, unsigned day, int hour, int minute) {
    return At("Asia/Shanghai", year, month, day, hour, minute);
}

WorkingCalendar Office() { return WorkingCalendar::Make(ChineseOfficeRules()).value(); }

TEST_CASE("calendar: lunch is closed and the end of a span is closed", "[calendar]") {
    const auto office = Office();
    REQUIRE(office.IsOpen(Shanghai(2026, 3, 2, 9, 0)));
    REQUIRE(office.IsOpen(Shanghai(2026, 3, 2, 11, 59)));
    REQUIRE_FALSE(office.IsOpen(Shanghai(2026, 3, 2, 12, 0)));
    REQUIRE_FALSE(office.IsOpen(Shanghai(2026, 3, 2, 13, 29)));
    REQUIRE(office.IsOpen(Shanghai(2026, 3, 2, 13, 30)));
}

TEST_CASE("calendar: a statutory day off is closed and a make-up Saturday is open", "[calendar]") {
    const auto office = Office();
    REQUIRE_FALSE(office.IsOpen(Shanghai(2026, 10, 1, 10, 0)));
    REQUIRE(office.IsOpen(Shanghai(2026, 10, 10, 10, 0)));
    REQUIRE(office.IsOpen(Shanghai(2026, 9, 20, 10, 0)));
    REQUIRE_FALSE(office.IsOpen(Shanghai(2026, 10, 11, 10, 0)));
}

TEST_CASE("calendar: five working days run over National Day and its make-up Saturday", "[calendar]") {
    const auto office = Office();
    // Received on Wednesday 30 September: 8, 9, 10 (make-up Saturday), 12, 13 October.
    REQUIRE(office.EndOfWorkingDay(Shanghai(2026, 9, 30, 10, 0), 5).value() == Shanghai(2026, 10, 13, 17, 30));
    REQUIRE(office.EndOfWorkingDay(Shanghai(2026, 11, 23, 23, 0), 5).value() == Shanghai(2026, 11, 30, 17, 30));
}

TEST_CASE("calendar: working time started in a closed span begins with the next span", "[calendar]") {
    const auto office = Office();
    REQUIRE(office.Add(Shanghai(2026, 3, 2, 12, 30), Minutes{30}).value() == Shanghai(2026, 3, 2, 14, 0));
    REQUIRE(office.Add(Shanghai(2026, 3, 6, 17, 0), Minutes{60}).value() == Shanghai(2026, 3, 9, 9, 30));
}

TEST_CASE("calendar: a span over midnight belongs to the day it starts", "[calendar]") {
    Rules rules;
    rules.weekly[4] = {{Minutes{22 * 60}, Minutes{30 * 60}}};  // Friday 22:00 to Saturday 06:00
    const auto night = WorkingCalendar::Make(rules).value();
    REQUIRE(night.IsOpen(Shanghai(2026, 3, 7, 5, 59)));
    REQUIRE_FALSE(night.IsOpen(Shanghai(2026, 3, 7, 6, 0)));
    REQUIRE(night.Between(Shanghai(2026, 3, 6, 0, 0), Shanghai(2026, 3, 8, 0, 0)) == hours{8});
}

TEST_CASE("calendar: around the clock loses no minute at midnight, nor on a leap day", "[calendar]") {
    const auto always = WorkingCalendar::Make(AroundTheClockRules()).value();
    REQUIRE(always.Between(Shanghai(2028, 2, 28, 0, 0), Shanghai(2028, 3, 1, 0, 0)) == hours{48});
    REQUIRE(always.Add(Shanghai(2028, 2, 28, 23, 59), Minutes{2}).value() == Shanghai(2028, 2, 29, 0, 1));
}

TEST_CASE("calendar: a day of 23 or 25 hours counts as long as it is", "[calendar]") {
    Rules rules = AroundTheClockRules();
    rules.time_zone = "Europe/Berlin";
    const auto always = WorkingCalendar::Make(rules).value();
    const auto berlin = [](unsigned month, unsigned day) { return At("Europe/Berlin", 2026, month, day, 0, 0); };
    REQUIRE(always.Between(berlin(3, 29), berlin(3, 30)) == hours{23});
    REQUIRE(always.Between(berlin(10, 25), berlin(10, 26)) == hours{25});
}

TEST_CASE("calendar: an exception beats the statutory table", "[calendar]") {
    Rules rules = ChineseOfficeRules();
    using namespace std::chrono_literals;
    rules.exceptions[Date{2026y, std::chrono::October, 1d}] = {{Minutes{600}, Minutes{660}}};
    rules.exceptions[Date{2026y, std::chrono::March, 2d}] = {};
    const auto site = WorkingCalendar::Make(rules).value();
    REQUIRE(site.IsOpen(Shanghai(2026, 10, 1, 10, 30)));
    REQUIRE_FALSE(site.IsOpen(Shanghai(2026, 3, 2, 10, 30)));
}

TEST_CASE("calendar: Add and Between are inverse", "[calendar][property]") {
    Rules night = ChineseOfficeRules();
    night.weekly[5] = {{Minutes{20 * 60}, Minutes{28 * 60}}};
    night.weekly[6] = {{Minutes{60}, Minutes{5 * 60}}};  // overlaps Saturday's night
    Rules berlin = night;
    berlin.time_zone = "Europe/Berlin";
    std::mt19937 random(20260302);
    for (const Rules& rules : {ChineseOfficeRules(), night, berlin, AroundTheClockRules()}) {
        const auto calendar = WorkingCalendar::Make(rules).value();
        for (int round = 0; round < 150; ++round) {
            const TimePoint start = Shanghai(2026, 1, 1, 0, 0) + Minutes{random() % (365 * 24 * 60)};
            const Minutes work{1 + random() % 6000};
            const TimePoint end = calendar.Add(start, work).value();
            INFO("round " << round << " zone " << rules.time_zone);
            REQUIRE(calendar.Between(start, end) == work);
        }
    }
}

// Rules with every layer filled at random, in a zone that changes its clocks.
Rules RandomRules(std::mt19937& random) {
    static const std::array kZones{"Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe",
                                   "America/Sao_Paulo"};
    const auto spans = [&] {
        Spans made;
        for (unsigned i = random() % 4; i > 0; --i) {
            const Minutes from{random() % (24 * 60)};
            made.push_back({from, from + Minutes{1 + random() % (24 * 60)}});
        }
        return made;
    };
    const auto day = [&] { return Date{std::chrono::sys_days{std::chrono::days{21'170 + random() % 60}}}; };
    Rules rules;
    rules.time_zone = kZones.at(random() % kZones.size());
    std::generate(rules.weekly.begin(), rules.weekly.end(), spans);
    rules.weekly[2] = {{Minutes{540}, Minutes{720}}, {Minutes{810}, Minutes{1050}}};
    for (int i = 0; i < 6; ++i) {
        rules.statutory[day()] = random() % 2 == 0 ? DayKind::kOff : DayKind::kMakeUpWorkday;
        rules.exceptions[day()] = spans();
        const TimePoint from = Shanghai(2027, 12, 20, 0, 0) + Minutes{random() % (80 * 24 * 60)};
        rules.overrides.push_back({from, from + Minutes{1 + random() % 5000}, random() % 2 == 0, "storm"});
    }
    return rules;
}

TEST_CASE("calendar: with random layers Add and Between are inverse, sums add up and the diagnosis tells the same",
          "[calendar][property]") {
    std::mt19937 random(20280229);
    for (int round = 0; round < 250; ++round) {
        const auto calendar = WorkingCalendar::Make(RandomRules(random)).value();
        INFO("round " << round << " zone " << calendar.rules().time_zone);
        // Around the leap day of 2028, to the second.
        const TimePoint start = Shanghai(2027, 12, 20, 0, 0) + std::chrono::seconds{random() % (80 * 86'400)};
        const Duration work = std::chrono::seconds{1 + random() % 400'000};
        const TimePoint end = calendar.Add(start, work).value();
        REQUIRE(calendar.Between(start, end) == work);
        // No earlier moment has so much working time.
        REQUIRE(calendar.Between(start, end - std::chrono::seconds{1}) == work - std::chrono::seconds{1});
        const TimePoint middle = start + (end - start) / 3;
        REQUIRE(calendar.Between(start, middle) + calendar.Between(middle, end) == work);
        Duration told{};
        for (const DayAccount& day : calendar.Explain(start, end, 4000)) {
            told += day.counted;
        }
        REQUIRE(told == work);
        REQUIRE(calendar.IsOpen(middle) ==
                (calendar.Between(middle, middle + std::chrono::nanoseconds{1}) > Duration::zero()));
    }
}

TEST_CASE("calendar: an override closes and opens at once, and a day closed whole is no working day", "[calendar]") {
    Rules rules = ChineseOfficeRules();
    rules.overrides.push_back({Shanghai(2026, 3, 3, 0, 0), Shanghai(2026, 3, 4, 0, 0), false, "typhoon"});
    rules.overrides.push_back({Shanghai(2026, 3, 7, 10, 0), Shanghai(2026, 3, 7, 12, 0), true, "make good"});
    const auto site = WorkingCalendar::Make(rules).value();
    REQUIRE_FALSE(site.IsOpen(Shanghai(2026, 3, 3, 10, 0)));
    REQUIRE(site.IsOpen(Shanghai(2026, 3, 7, 11, 0)));
    REQUIRE_FALSE(site.IsWorkday(Date{std::chrono::year{2026}, std::chrono::March, std::chrono::day{3}}));
    REQUIRE(site.EndOfWorkingDay(Shanghai(2026, 3, 2, 10, 0), 1).value() == Shanghai(2026, 3, 4, 17, 30));
    const auto days = site.Explain(Shanghai(2026, 3, 2, 9, 0), Shanghai(2026, 3, 4, 17, 30));
    REQUIRE(days.size() == 3);
    REQUIRE(days[0].counted == Minutes{7 * 60});
    REQUIRE(days[1].layer == Layer::kOverride);
    REQUIRE(days[1].name == "typhoon");
    REQUIRE(days[1].counted == Duration::zero());
    rules.overrides[0].to = rules.overrides[0].from;
    REQUIRE(WorkingCalendar::Make(rules).error().reason == "BAD_OVERRIDE");
}

TEST_CASE("calendar: the diagnosis names the holiday and the make-up workday", "[calendar]") {
    const auto days = Office().Explain(Shanghai(2026, 10, 1, 0, 0), Shanghai(2026, 10, 11, 0, 0));
    REQUIRE(days.front().layer == Layer::kStatutoryOff);
    REQUIRE_FALSE(days.front().name.empty());
    REQUIRE(days.at(9).layer == Layer::kMakeUpWorkday);
    REQUIRE(days.at(9).counted == Minutes{7 * 60});
}

TEST_CASE("calendar: bad rules are refused by name", "[calendar]") {
    Rules rules;
    rules.time_zone = "Mars/Olympus";
    REQUIRE(WorkingCalendar::Make(rules).error().reason == "UNKNOWN_TIME_ZONE");
    rules = {};
    rules.weekly[0] = {{Minutes{600}, Minutes{600}}};
    REQUIRE(WorkingCalendar::Make(rules).error().reason == "BAD_SPAN");
    REQUIRE(WorkingCalendar::Make(Rules{}).value().Add(Shanghai(2026, 1, 1, 0, 0), Minutes{1}).error().reason ==
            "NO_WORKING_TIME");
}

TEST_CASE("calendar: the statutory table says which line is wrong", "[calendar]") {
    REQUIRE(ParseStatutory("# fine\n2026-10-01 off National Day\n").value().size() == 1);
    REQUIRE(ParseStatutory("2026-10-01 off x\n2026-02-30 off y\n").error().message.find("line 2") != std::string::npos);
    REQUIRE(ParseStatutory("2026-10-01 closed x\n").error().reason == "BAD_TABLE");
    REQUIRE(Office().KnowsYear(2026));
    REQUIRE_FALSE(Office().KnowsYear(2031));
}

}  // namespace
}  // namespace trunkline::calendar

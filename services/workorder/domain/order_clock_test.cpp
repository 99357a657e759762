// Clocks: pauses, extensions and urgings move a deadline by exactly what they should.
#include "workorder/domain/order_clock.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "testing/manual_clock.hpp"

namespace trunkline::workorder {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

WorkingCalendar Office() { return WorkingCalendar::Make(calendar::ChineseOfficeRules()).value(); }
const TimePoint kMonday = testing::ManualClock().Now();  // Monday 2 March 2026, 09:00 in Shanghai

TEST_CASE("clock: five working days end with the fifth day after receipt", "[workorder]") {
    const auto office = Office();
    const auto clock = StartClock({ClockKind::kTotal, 5, 0}, office, kMonday).value();
    REQUIRE(office.Local(clock.due) == "2026-03-09 17:30");
    REQUIRE(Percent(clock, office, clock.due) == 100);
    REQUIRE(Percent(clock, office, kMonday) == 0);
    REQUIRE(IsLate(clock, clock.due + minutes{1}));
    REQUIRE_FALSE(IsLate(clock, clock.due));
}

TEST_CASE("clock: a suspension moves the deadline by the working time it lasted, not by the nights", "[workorder]") {
    const auto office = Office();
    auto clock = StartClock({ClockKind::kTotal, 0, 7 * 60}, office, kMonday).value();
    REQUIRE(office.Local(clock.due) == "2026-03-02 17:30");
    Pause(clock, office, kMonday + hours{1});
    REQUIRE_FALSE(NextWarning(clock, office, {50}));
    REQUIRE(Percent(clock, office, kMonday + hours{100}) == 14);
    REQUIRE(GoOn(clock, office, kMonday + hours{25}).ok());
    REQUIRE(office.Local(clock.due) == "2026-03-03 17:30");
    REQUIRE(clock.paused == hours{24});
}

TEST_CASE("clock: warnings come at their share of working time", "[workorder]") {
    const auto office = Office();
    auto clock = StartClock({ClockKind::kHandling, 0, 7 * 60}, office, kMonday).value();
    REQUIRE(office.Local(*NextWarning(clock, office, {50, 80, 100})) == "2026-03-02 14:00");
    clock.warned = {50, 80};
    REQUIRE(*NextWarning(clock, office, {50, 80, 100}) == clock.due);
}

TEST_CASE("clock: an extension moves the deadline and takes warnings back that are early again", "[workorder]") {
    const auto office = Office();
    auto clock = StartClock({ClockKind::kTotal, 1, 0}, office, kMonday).value();
    clock.warned = {50, 80};
    const TimePoint now = kMonday + hours{24};
    REQUIRE(Extend(clock, office, 5, now).ok());
    REQUIRE(office.Local(clock.due) == "2026-03-10 17:30");
    REQUIRE(clock.extended == hours{35});
    REQUIRE(clock.warned.empty());
    REQUIRE(office.Local(clock.first_due) == "2026-03-03 17:30");
}

TEST_CASE("clock: an urging takes its share of what is left", "[workorder]") {
    const auto office = Office();
    auto clock = StartClock({ClockKind::kTotal, 0, 7 * 60}, office, kMonday).value();
    REQUIRE(Shorten(clock, office, 20, kMonday + hours{2}).ok());
    REQUIRE(office.Between(kMonday, clock.due) == hours{6});
    REQUIRE(Shorten(clock, office, 20, kMonday + hours{30}).ok());
    REQUIRE(office.Between(kMonday, clock.due) == hours{6});
}

TEST_CASE("clock: a closed site moves deadlines that nobody touched", "[workorder]") {
    auto clock = StartClock({ClockKind::kTotal, 2, 0}, Office(), kMonday).value();
    auto rules = calendar::ChineseOfficeRules();
    rules.overrides.push_back({kMonday + hours{15}, kMonday + hours{39}, false, "typhoon"});
    const auto storm = WorkingCalendar::Make(rules).value();
    REQUIRE(Follow(clock, storm).ok());
    REQUIRE(storm.Local(clock.due) == "2026-03-05 17:30");
}

TEST_CASE("clock: whatever happens to it, what is allowed is what is used and what is left", "[workorder][property]") {
    const auto office = Office();
    std::mt19937 random(7);
    for (int round = 0; round < 200; ++round) {
        TimePoint now = kMonday + minutes{random() % 10'000};
        auto clock = StartClock({ClockKind::kTotal, 0, static_cast<int>(2000 + random() % 3000)}, office, now).value();
        Duration running{};
        for (int event = 0; event < 8; ++event) {
            const TimePoint next = now + minutes{random() % 600};
            running += clock.paused_at ? Duration{} : office.Between(now, next);
            now = next;
            switch (random() % 4) {
                case 0:
                    Pause(clock, office, now);
                    break;
                case 1:
                    REQUIRE(GoOn(clock, office, now).ok());
                    break;
                case 2:
                    REQUIRE(Shorten(clock, office, 10, now).ok());
                    break;
                default:
                    break;
            }
        }
        REQUIRE(GoOn(clock, office, now).ok());
        if (!IsLate(clock, now)) {
            INFO("round " << round);
            REQUIRE(running + office.Between(now, clock.due) == clock.allowed);
        }
    }
}

}  // namespace
}  // namespace trunkline::workorder

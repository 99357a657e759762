// A clock that tests move by hand.
#pragma once
#include "clock/clock.hpp"

namespace trunkline::testing {

class ManualClock final : public Clock {
 public:
    // Starts at 2026-03-02 09:00:00 in Shanghai (01:00 UTC), a Monday.
    explicit ManualClock(TimePoint now = FromUnixMillis(1772413200000)) : now_(now) {}

    TimePoint Now() const override { return now_; }
    SteadyTime SteadyNow() const override { return steady_; }
    void Advance(Duration by) {
        now_ += by;
        steady_ += by;
    }
    // Moves the wall clock only, as an operator or NTP would.
    void Step(Duration by) { now_ += by; }

 private:
    TimePoint now_;
    SteadyTime steady_{std::chrono::hours(1)};
};

}  // namespace trunkline::testing

// The machine's clock.
#include "clock/clock.hpp"

#include <thread>

namespace trunkline {

TimePoint SystemClock::Now() const { return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()); }

SteadyTime SystemClock::SteadyNow() const {
    return std::chrono::time_point_cast<Duration>(std::chrono::steady_clock::now());
}

void SleepFor(Duration duration) { std::this_thread::sleep_for(duration); }

int64_t ToUnixMillis(TimePoint time) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

TimePoint FromUnixMillis(int64_t millis) { return TimePoint{std::chrono::milliseconds{millis}}; }

}  // namespace trunkline

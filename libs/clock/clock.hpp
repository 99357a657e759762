// Time is an argument: code asks a Clock, tests move it by hand. Only this library reads the machine's clock.
#pragma once
#include <chrono>

namespace trunkline {

using Duration = std::chrono::nanoseconds;
// Wall time, UTC. For facts and deadlines that people see.
using TimePoint = std::chrono::time_point<std::chrono::system_clock, std::chrono::nanoseconds>;
// Monotonic time. For time-outs and measurements; an NTP step does not move it.
using SteadyTime = std::chrono::time_point<std::chrono::steady_clock, std::chrono::nanoseconds>;

class Clock {
 public:
    virtual ~Clock() = default;
    virtual TimePoint Now() const = 0;
    virtual SteadyTime SteadyNow() const = 0;
};

// The machine's clock; safe from any thread.
class SystemClock final : public Clock {
 public:
    TimePoint Now() const override;
    SteadyTime SteadyNow() const override;
};

// Blocks the calling thread. For the edges of a process only: waiting for a peer at start, back-off of a worker.
void SleepFor(Duration duration);

// Whole milliseconds since 1970-01-01 UTC, and back.
int64_t ToUnixMillis(TimePoint time);
TimePoint FromUnixMillis(int64_t millis);

}  // namespace trunkline

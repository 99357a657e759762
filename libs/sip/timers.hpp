// The port through which the SIP core asks for time-outs, and a timer that cannot outlive its owner.
#pragma once
#include <cstdint>
#include <functional>
#include <utility>

#include "clock/clock.hpp"

namespace trunkline::sip {

using TimerId = uint64_t;  // 0 is never given

// Calls back once, on the thread that drives the timers. Single-threaded.
class Timers {
 public:
    virtual ~Timers() = default;
    virtual TimerId Start(Duration delay, std::function<void()> expired) = 0;
    // No effect on a timer that has expired or was cancelled.
    virtual void Cancel(TimerId id) = 0;
    virtual SteadyTime Now() const = 0;
};

// One time-out of an object. Destroying or restarting it forgets the earlier one, so `expired` may capture `this`.
class Timer {
 public:
    explicit Timer(Timers& timers) : timers_(timers) {}
    Timer(const Timer&) = delete;
    Timer& operator=(const Timer&) = delete;
    ~Timer() { Stop(); }

    void Start(Duration delay, std::function<void()> expired) {
        Stop();
        id_ = timers_.Start(delay, [this, expired = std::move(expired)]() mutable {
            id_ = 0;
            auto call = std::move(expired);  // the owner may destroy this timer inside
            call();
        });
    }
    void Stop() {
        if (id_ != 0) timers_.Cancel(std::exchange(id_, 0));
    }
    bool running() const { return id_ != 0; }

 private:
    Timers& timers_;
    TimerId id_ = 0;
};

}  // namespace trunkline::sip

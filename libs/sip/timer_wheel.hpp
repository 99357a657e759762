// A hashed timer wheel: start, cancel and expiry cost the same however many timers run (32 s of them stay behind every
// call). Resolution 10 ms, never early.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "sip/timers.hpp"

namespace trunkline::sip {

class TimerWheel final : public Timers {
 public:
    explicit TimerWheel(const Clock& clock);

    TimerId Start(Duration delay, std::function<void()> expired) override;
    void Cancel(TimerId id) override;
    SteadyTime Now() const override { return clock_.SteadyNow(); }

    // Runs everything that is due by the clock.
    void Advance();
    // How long until a timer may be due, at most `longest`.
    Duration NextDue(Duration longest) const;
    size_t running() const { return running_; }

 private:
    static constexpr int64_t kTickNanos = 10'000'000;
    static constexpr uint32_t kSlots = 4096;  // one turn is 41 s: longer than nearly every SIP timer
    static constexpr uint32_t kNone = UINT32_MAX;
    struct Node {
        std::function<void()> expired;
        int64_t due_tick = 0;
        uint32_t generation = 1;
        uint32_t previous = kNone;
        uint32_t next = kNone;
        bool armed = false;
    };
    int64_t TickNow() const;
    void Link(uint32_t index);
    void Unlink(uint32_t index);
    void Release(uint32_t index);
    void RunSlot(int64_t tick);

    const Clock& clock_;
    int64_t last_tick_;
    size_t running_ = 0;
    std::vector<Node> nodes_;
    std::vector<uint32_t> free_;
    std::array<uint32_t, kSlots> heads_;
};

}  // namespace trunkline::sip

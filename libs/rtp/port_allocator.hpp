// Hands out RTP ports: even, in random order, and never soon after their last use.
#pragma once
#include <cstdint>
#include <deque>
#include <random>
#include <utility>
#include <vector>

#include "clock/clock.hpp"
#include "result/result.hpp"

namespace trunkline::rtp {

// Not safe for threads; the owner locks.
class PortAllocator {
 public:
    // Even ports p with first <= p and p + 1 <= last. A released port rests for `rest`.
    PortAllocator(uint16_t first, uint16_t last, Duration rest);

    // PORTS_EXHAUSTED when all are used or resting.
    Result<uint16_t> Acquire(SteadyTime now);
    void Release(uint16_t port, SteadyTime now);
    // Share of the range that is neither used nor resting, 0 to 1.
    double FreeShare(SteadyTime now) const;

 private:
    std::vector<uint16_t> free_;
    std::deque<std::pair<SteadyTime, uint16_t>> resting_;
    Duration rest_;
    size_t count_ = 0;  // of the range
    // The kernel's entropy: a guessable order would help an attacker to spray the right port.
    std::random_device random_;
};

}  // namespace trunkline::rtp

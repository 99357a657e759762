// How long a contact will wait, from its place, the agents who serve and how long they took lately.
#pragma once
#include <array>
#include <cstddef>
#include <optional>

#include "clock/clock.hpp"

namespace trunkline::acd {

// The latest handling times of one queue, talk and wrap-up together.
class HandlingTimes {
 public:
    static constexpr size_t kKept = 64;
    static constexpr size_t kEnough = 5;

    void Add(Duration time) {
        sum_ += time - times_[next_];
        times_[next_] = time;
        next_ = (next_ + 1) % kKept;
        count_ += count_ < kKept ? 1 : 0;
    }
    // Nothing while there are too few to tell.
    std::optional<Duration> Mean() const {
        return count_ < kEnough ? std::nullopt : std::optional<Duration>(sum_ / static_cast<int64_t>(count_));
    }

 private:
    std::array<Duration, kKept> times_{};
    Duration sum_{};
    size_t next_ = 0;
    size_t count_ = 0;
};

// Agents free themselves one after the other, all together `serving` times in a mean handling time; who is at `place`
// (1 is next) gets the place-th of them. Nothing: not enough data.
inline std::optional<Duration> ExpectedWait(size_t place, size_t serving, const HandlingTimes& times) {
    const auto mean = times.Mean();
    if (!mean || serving == 0) {
        return std::nullopt;
    }
    return *mean * static_cast<int64_t>(place) / static_cast<int64_t>(serving);
}

}  // namespace trunkline::acd

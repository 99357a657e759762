// Against guessing: after 5 wrong attempts each further one must wait twice as long, after 20 the name rests for an
// hour. Names that do not exist are treated the same, so nothing tells them apart.
#pragma once
#include <chrono>
#include <string>
#include <unordered_map>

#include "clock/clock.hpp"

namespace trunkline::identity {

struct Attempts {
    int failures = 0;
    TimePoint last{};
};

inline constexpr int kFreeFailures = 5;
inline constexpr int kLockFailures = 20;

// How long the next attempt must wait; zero: it may be made now.
std::chrono::seconds WaitBeforeAttempt(const Attempts& attempts, TimePoint now);
// With one more attempt counted; old failures are forgotten.
Attempts WithAttempt(const Attempts& attempts, TimePoint now);

// The same for a client address, in memory: at most 20 failures a minute. One owner at a time.
class AddressGuard {
 public:
    bool Allows(const std::string& address, TimePoint now) const;
    void Failed(const std::string& address, TimePoint now);

 private:
    struct Window {
        TimePoint start{};
        int failures = 0;
    };
    std::unordered_map<std::string, Window> windows_;
};

}  // namespace trunkline::identity

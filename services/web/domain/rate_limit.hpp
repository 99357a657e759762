// How much one caller may ask: a bucket of tokens for each, refilled steadily.
#pragma once
#include <string>
#include <unordered_map>

#include "clock/clock.hpp"

namespace trunkline::web {

struct RateLimit {
    double per_second = 50;
    double burst = 200;
};

// One owner at a time.
class RateLimiter {
 public:
    explicit RateLimiter(RateLimit limit) : limit_(limit) {}
    // Takes one token of `caller`; false when there is none.
    bool Allow(const std::string& caller, SteadyTime now);

 private:
    struct Bucket {
        double tokens = 0;
        SteadyTime filled{};
    };
    void Forget(SteadyTime now);

    const RateLimit limit_;
    std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace trunkline::web

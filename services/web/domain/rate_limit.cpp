// Token buckets.
#include "web/domain/rate_limit.hpp"

#include <algorithm>

namespace trunkline::web {
namespace {

constexpr size_t kMostCallers = 20'000;

double Seconds(Duration duration) { return std::chrono::duration<double>(duration).count(); }

}  // namespace

bool RateLimiter::Allow(const std::string& caller, SteadyTime now) {
    if (buckets_.size() >= kMostCallers) {
        Forget(now);
    }
    auto [entry, fresh] = buckets_.try_emplace(caller, Bucket{limit_.burst, now});
    Bucket& bucket = entry->second;
    if (!fresh) {
        bucket.tokens = std::min(limit_.burst, bucket.tokens + Seconds(now - bucket.filled) * limit_.per_second);
        bucket.filled = now;
    }
    if (bucket.tokens < 1) {
        return false;
    }
    bucket.tokens -= 1;
    return true;
}

// A full bucket says as much as none.
void RateLimiter::Forget(SteadyTime now) {
    std::erase_if(buckets_, [&](const auto& entry) {
        return entry.second.tokens + Seconds(now - entry.second.filled) * limit_.per_second >= limit_.burst;
    });
    if (buckets_.size() >= kMostCallers) {
        buckets_.clear();
    }
}

}  // namespace trunkline::web

// Waiting times after wrong attempts.
#include "identity/domain/login_guard.hpp"

#include <algorithm>

namespace trunkline::identity {
namespace {

constexpr std::chrono::minutes kForget{15};
constexpr std::chrono::hours kLock{1};
constexpr int kMostDoublings = 9;  // 512 s
constexpr std::chrono::minutes kWindow{1};
constexpr int kFailuresInWindow = 20;
constexpr size_t kMostAddresses = 10'000;

bool Forgotten(const Attempts& attempts, TimePoint now) {
    return now - attempts.last >= (attempts.failures >= kLockFailures ? Duration(kLock) : Duration(kForget));
}

}  // namespace

std::chrono::seconds WaitBeforeAttempt(const Attempts& attempts, TimePoint now) {
    if (attempts.failures < kFreeFailures || Forgotten(attempts, now)) {
        return {};
    }
    const std::chrono::seconds pause =
        attempts.failures >= kLockFailures
            ? std::chrono::seconds(kLock)
            : std::chrono::seconds(1 << std::min(attempts.failures - kFreeFailures, kMostDoublings));
    const auto left = std::chrono::ceil<std::chrono::seconds>(attempts.last + pause - now);
    return std::max(left, std::chrono::seconds(0));
}

Attempts WithAttempt(const Attempts& attempts, TimePoint now) {
    return {Forgotten(attempts, now) ? 1 : attempts.failures + 1, now};
}

bool AddressGuard::Allows(const std::string& address, TimePoint now) const {
    const auto found = windows_.find(address);
    return found == windows_.end() || now - found->second.start >= kWindow ||
           found->second.failures < kFailuresInWindow;
}

void AddressGuard::Failed(const std::string& address, TimePoint now) {
    if (windows_.size() >= kMostAddresses) {
        std::erase_if(windows_, [&](const auto& entry) { return now - entry.second.start >= kWindow; });
        if (windows_.size() >= kMostAddresses) {
            windows_.clear();
        }
    }
    Window& window = windows_[address];
    if (now - window.start >= kWindow) {
        window = {now, 0};
    }
    ++window.failures;
}

}  // namespace trunkline::identity

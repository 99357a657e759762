// Hands out RTP ports.
#include "rtp/port_allocator.hpp"

#include <string>

namespace trunkline::rtp {

PortAllocator::PortAllocator(uint16_t first, uint16_t last, Duration rest) : rest_(rest) {
    for (uint32_t port = first + first % 2U; port < last; port += 2) free_.push_back(static_cast<uint16_t>(port));
    count_ = free_.size();
}

Result<uint16_t> PortAllocator::Acquire(SteadyTime now) {
    while (!resting_.empty() && resting_.front().first + rest_ <= now) {
        free_.push_back(resting_.front().second);
        resting_.pop_front();
    }
    if (free_.empty()) {
        return Error{Code::kResourceExhausted, "PORTS_EXHAUSTED",
                     "no RTP port is free (" + std::to_string(resting_.size()) + " are resting); widen the port range"};
    }
    std::uniform_int_distribution<size_t> any(0, free_.size() - 1);
    std::swap(free_[any(random_)], free_.back());
    const uint16_t port = free_.back();
    free_.pop_back();
    return port;
}

double PortAllocator::FreeShare(SteadyTime now) const {
    size_t free = free_.size();
    for (const auto& [released, port] : resting_) {
        if (released + rest_ > now) break;
        ++free;
    }
    return count_ == 0 ? 0 : static_cast<double>(free) / static_cast<double>(count_);
}

void PortAllocator::Release(uint16_t port, SteadyTime now) { resting_.emplace_back(now, port); }

}  // namespace trunkline::rtp

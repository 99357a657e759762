// Loss and jitter of a stream (RFC 3550 A.1, A.3, A.8).
#include "rtp/statistics.hpp"

#include <algorithm>
#include <cstdlib>

#include "rtp/packet.hpp"

namespace trunkline::rtp {

bool ReceiveStatistics::OnPacket(uint16_t sequence, uint32_t timestamp, SteadyTime arrival) {
    const int64_t arrival_units = arrival.time_since_epoch().count() / 125'000;
    // Only differences matter, so the 32-bit circle of the timestamp is compared on that circle.
    const int64_t transit = static_cast<int32_t>(static_cast<uint32_t>(arrival_units) - timestamp);
    if (!started_) {
        started_ = true;
        base_ = highest_ = sequence;
        seen_ = 1;
        received_ = 1;
        transit_ = transit;
        return true;
    }
    if (!See(sequence)) return false;
    ++received_;
    const auto change = static_cast<int32_t>(static_cast<uint32_t>(transit) - static_cast<uint32_t>(transit_));
    transit_ = transit;
    jitter_ += (std::abs(static_cast<double>(change)) - jitter_) / 16;
    return true;
}

bool ReceiveStatistics::See(uint16_t sequence) {
    if (IsAfter(sequence, highest_)) {
        const auto steps = static_cast<uint16_t>(sequence - highest_);
        seen_ = (steps < 64 ? seen_ << steps : 0) | 1;
        if (sequence < highest_) cycles_ += 0x10000;
        highest_ = sequence;
        return true;
    }
    const auto back = static_cast<uint16_t>(highest_ - sequence);
    if (back >= 64) return true;
    const uint64_t bit = uint64_t{1} << back;
    const bool fresh = (seen_ & bit) == 0;
    seen_ |= bit;
    return fresh;
}

int64_t ReceiveStatistics::Lost() const {
    if (!started_) return 0;
    return static_cast<int64_t>(Highest()) - base_ + 1 - static_cast<int64_t>(received_);
}

ReceptionReport ReceiveStatistics::Report() {
    ReceptionReport report;
    if (!started_) return report;
    const uint64_t expected = Highest() - base_ + 1;
    const auto expected_now = static_cast<int64_t>(expected - expected_before_);
    const auto lost_now = expected_now - static_cast<int64_t>(received_ - received_before_);
    expected_before_ = expected;
    received_before_ = received_;
    if (expected_now > 0 && lost_now > 0) {
        report.fraction_lost = static_cast<uint8_t>(std::min<int64_t>(255, lost_now * 256 / expected_now));
    }
    report.cumulative_lost = static_cast<int32_t>(std::clamp<int64_t>(Lost(), -0x800000, 0x7FFFFF));
    report.highest_sequence = Highest();
    report.jitter = static_cast<uint32_t>(jitter_);
    return report;
}

}  // namespace trunkline::rtp

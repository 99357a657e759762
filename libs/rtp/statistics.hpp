// What a receiver knows about a stream: loss and jitter (RFC 3550 sections 6.4.1, A.1, A.3 and A.8).
#pragma once
#include <cstdint>

#include "clock/clock.hpp"

namespace trunkline::rtp {

// One report block of RTCP, without the SSRC and the echo of the sender report.
struct ReceptionReport {
    uint8_t fraction_lost = 0;    // of 256, since the last report
    int32_t cumulative_lost = 0;  // limited to 24 bits
    uint32_t highest_sequence = 0;
    uint32_t jitter = 0;  // timestamp units
};

// Statistics of one SSRC at 8 kHz; a new stream starts a new object.
class ReceiveStatistics {
 public:
    // False for a copy of one of the last 64 packets: it is not counted and must not be used.
    bool OnPacket(uint16_t sequence, uint32_t timestamp, SteadyTime arrival);

    uint64_t received() const { return received_; }
    // Expected minus received; negative when packets were doubled.
    int64_t Lost() const;
    double JitterMillis() const { return jitter_ / 8.0; }
    // Starts the next interval of fraction_lost.
    ReceptionReport Report();

 private:
    uint32_t Highest() const { return cycles_ + highest_; }

    // Marks the sequence number as seen; false if it was already.
    bool See(uint16_t sequence);

    bool started_ = false;
    // Bit n: highest_ - n has come.
    uint64_t seen_ = 0;
    uint16_t highest_ = 0;
    uint32_t cycles_ = 0;
    uint32_t base_ = 0;
    uint64_t received_ = 0;
    double jitter_ = 0;
    int64_t transit_ = 0;
    uint64_t expected_before_ = 0;
    uint64_t received_before_ = 0;
};

}  // namespace trunkline::rtp

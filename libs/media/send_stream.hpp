// The one RTP stream a leg sends, whatever feeds it: one SSRC, sequence numbers without doubles, timestamps that follow
// the clock when the feeding changes (RFC 3550 section 5.1).
#pragma once
#include <cstdint>
#include <optional>

#include "clock/clock.hpp"
#include "rtp/packet.hpp"

namespace trunkline::media {

class SendStream {
 public:
    SendStream(uint32_t ssrc, uint16_t first_sequence, uint32_t first_timestamp);

    // Of an audio packet we make.
    rtp::Header Make(uint8_t payload_type, uint32_t samples, SteadyTime now);

    // Of an event packet we make; all packets of a digit carry the timestamp of the first.
    rtp::Header MakeDigit(uint8_t payload_type, bool first, SteadyTime now);

    // Of a packet of another stream that goes through: gaps in its sequence stay visible, so that the receiver sees the
    // loss. `samples` is 0 for event packets. Nothing for a packet older than the moment its stream was taken over.
    std::optional<rtp::Header> Relay(const rtp::Header& in, uint8_t payload_type, uint32_t samples, SteadyTime now);

    uint32_t ssrc() const { return ssrc_; }
    // RTP time of `now`, for sender reports.
    uint32_t TimestampAt(SteadyTime now) const;

 private:
    // Moves next_timestamp_ over the time in which nothing was sent. True if there was such a time.
    bool CatchUp(SteadyTime now, Duration tolerance);

    uint32_t ssrc_;
    uint16_t next_sequence_;
    uint32_t next_timestamp_;
    // When the packet of next_timestamp_ is due.
    SteadyTime due_{};
    uint32_t digit_timestamp_ = 0;

    bool relaying_ = false;
    uint32_t source_ssrc_ = 0;
    uint16_t source_base_ = 0;
    uint16_t sequence_offset_ = 0;
    uint32_t timestamp_offset_ = 0;
};

}  // namespace trunkline::media

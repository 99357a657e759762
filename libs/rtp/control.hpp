// RTCP (RFC 3550 section 6): writes sender and receiver reports with a CNAME, reads what peers report about us.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "clock/clock.hpp"
#include "rtp/statistics.hpp"

namespace trunkline::rtp {

// What a sender says about itself; leave it out for a receiver report.
struct SenderInfo {
    TimePoint now;
    uint32_t timestamp = 0;  // RTP time of `now`
    uint32_t packets = 0;
    uint32_t payload_bytes = 0;
};

// About the stream we receive.
struct Heard {
    uint32_t ssrc = 0;
    ReceptionReport report;
    // Of the peer's last sender report, 0 if there was none: middle 32 bits of its NTP time, and how long ago it came.
    uint32_t last_sender_report = 0;
    Duration since_sender_report{};
};

struct ControlOut {
    uint32_t ssrc = 0;
    std::string_view cname;  // up to 255 bytes; names nobody
    std::optional<SenderInfo> sender;
    std::optional<Heard> heard;
};

// A compound packet: SR or RR, then SDES with the CNAME.
std::vector<uint8_t> WriteControl(const ControlOut& out);

struct ControlIn {
    uint32_t ssrc = 0;
    // Middle 32 bits of the NTP time of a sender report.
    std::optional<uint32_t> sender_report;
    // What the peer receives from `our_ssrc`.
    std::optional<ReceptionReport> about_us;
};

// Nothing for anything malformed: shorter than 8 bytes, another version, a length beyond the datagram, a compound that
// does not start with SR or RR.
std::optional<ControlIn> ParseControl(std::span<const uint8_t> datagram, uint32_t our_ssrc);

}  // namespace trunkline::rtp

// RTP packets (RFC 3550 section 5.1): reads a datagram, writes the fixed header.
#pragma once
#include <cstdint>
#include <optional>
#include <span>

namespace trunkline::rtp {

inline constexpr size_t kHeaderBytes = 12;

struct Header {
    uint8_t payload_type = 0;
    bool marker = false;
    uint16_t sequence = 0;
    uint32_t timestamp = 0;
    uint32_t ssrc = 0;
};

struct Packet {
    Header header;
    // Into the datagram; at least kHeaderBytes after its start, never empty.
    std::span<uint8_t> payload;
};

// Nothing if the version is not 2, CSRC list, extension or padding reach beyond the datagram, or no payload is left.
std::optional<Packet> ParsePacket(std::span<uint8_t> datagram);

// Writes kHeaderBytes: version 2, no padding, no extension, no CSRC.
void WriteHeader(const Header& header, uint8_t* to);

// Is `later` after `earlier` on the 16-bit circle? (RFC 1982)
inline bool IsAfter(uint16_t later, uint16_t earlier) { return static_cast<int16_t>(later - earlier) > 0; }

}  // namespace trunkline::rtp

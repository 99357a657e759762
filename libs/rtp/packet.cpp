// RTP packets (RFC 3550 section 5.1).
#include "rtp/packet.hpp"

#include "rtp/bytes.hpp"

namespace trunkline::rtp {

std::optional<Packet> ParsePacket(std::span<uint8_t> datagram) {
    if (datagram.size() < kHeaderBytes || datagram[0] >> 6 != 2) return std::nullopt;
    size_t start = kHeaderBytes + 4U * (datagram[0] & 0x0F);
    if ((datagram[0] & 0x10) != 0) {
        if (start + 4 > datagram.size()) return std::nullopt;
        start += 4 + 4U * Read16(&datagram[start + 2]);
    }
    size_t padding = 0;
    if ((datagram[0] & 0x20) != 0) {
        padding = datagram.back();
        if (padding == 0) return std::nullopt;
    }
    if (start + padding >= datagram.size()) return std::nullopt;
    Packet packet;
    packet.header.marker = (datagram[1] & 0x80) != 0;
    packet.header.payload_type = datagram[1] & 0x7F;
    packet.header.sequence = Read16(&datagram[2]);
    packet.header.timestamp = Read32(&datagram[4]);
    packet.header.ssrc = Read32(&datagram[8]);
    packet.payload = datagram.subspan(start, datagram.size() - start - padding);
    return packet;
}

void WriteHeader(const Header& header, uint8_t* to) {
    to[0] = 0x80;
    to[1] = static_cast<uint8_t>((header.marker ? 0x80 : 0) | (header.payload_type & 0x7F));
    Write16(to + 2, header.sequence);
    Write32(to + 4, header.timestamp);
    Write32(to + 8, header.ssrc);
}

}  // namespace trunkline::rtp

// RTCP (RFC 3550 section 6).
#include "rtp/control.hpp"

#include <algorithm>

#include "rtp/bytes.hpp"

namespace trunkline::rtp {
namespace {

constexpr uint8_t kSenderReport = 200;
constexpr uint8_t kReceiverReport = 201;
constexpr uint8_t kSourceDescription = 202;
constexpr size_t kBlockBytes = 24;
// Seconds from 1900 (NTP) to 1970 (Unix).
constexpr uint64_t kNtpOffset = 2'208'988'800;

void Append32(std::vector<uint8_t>& out, uint32_t value) {
    const size_t at = out.size();
    out.resize(at + 4);
    Write32(&out[at], value);
}

void BeginPacket(std::vector<uint8_t>& out, uint8_t count, uint8_t type) {
    out.insert(out.end(), {static_cast<uint8_t>(0x80 | count), type, 0, 0});
}

// Pads to words and writes the length field of the packet that began at `start`.
void EndPacket(std::vector<uint8_t>& out, size_t start) {
    while (out.size() % 4 != 0) out.push_back(0);
    Write16(&out[start + 2], static_cast<uint16_t>((out.size() - start) / 4 - 1));
}

void AppendSender(std::vector<uint8_t>& out, const SenderInfo& sender) {
    const auto nanos = static_cast<uint64_t>(sender.now.time_since_epoch().count());
    Append32(out, static_cast<uint32_t>(nanos / 1'000'000'000 + kNtpOffset));
    Append32(out, static_cast<uint32_t>((nanos % 1'000'000'000 << 32) / 1'000'000'000));
    Append32(out, sender.timestamp);
    Append32(out, sender.packets);
    Append32(out, sender.payload_bytes);
}

void AppendBlock(std::vector<uint8_t>& out, const Heard& heard) {
    const ReceptionReport& report = heard.report;
    Append32(out, heard.ssrc);
    const uint32_t lost = static_cast<uint32_t>(report.cumulative_lost) & 0xFFFFFF;
    Append32(out, static_cast<uint32_t>(report.fraction_lost) << 24 | lost);
    Append32(out, report.highest_sequence);
    Append32(out, report.jitter);
    Append32(out, heard.last_sender_report);
    const bool known = heard.last_sender_report != 0;
    // In units of 1/65536 s.
    Append32(out, known ? static_cast<uint32_t>(heard.since_sender_report.count() * 65536 / 1'000'000'000) : 0);
}

ReceptionReport ParseBlock(const uint8_t* block) {
    ReceptionReport report;
    report.fraction_lost = block[4];
    // Sign extension of 24 bits.
    report.cumulative_lost = static_cast<int32_t>(Read32(block + 4) << 8) >> 8;
    report.highest_sequence = Read32(block + 8);
    report.jitter = Read32(block + 12);
    return report;
}

}  // namespace

std::vector<uint8_t> WriteControl(const ControlOut& out) {
    std::vector<uint8_t> bytes;
    BeginPacket(bytes, out.heard ? 1 : 0, out.sender ? kSenderReport : kReceiverReport);
    Append32(bytes, out.ssrc);
    if (out.sender) AppendSender(bytes, *out.sender);
    if (out.heard) AppendBlock(bytes, *out.heard);
    EndPacket(bytes, 0);
    const size_t description = bytes.size();
    BeginPacket(bytes, 1, kSourceDescription);
    Append32(bytes, out.ssrc);
    bytes.push_back(1);  // CNAME
    bytes.push_back(static_cast<uint8_t>(out.cname.size()));
    bytes.insert(bytes.end(), out.cname.begin(), out.cname.end());
    bytes.push_back(0);
    EndPacket(bytes, description);
    return bytes;
}

std::optional<ControlIn> ParseControl(std::span<const uint8_t> datagram, uint32_t our_ssrc) {
    ControlIn in;
    for (size_t at = 0; at < datagram.size();) {
        const auto rest = datagram.subspan(at);
        if (rest.size() < 8 || rest[0] >> 6 != 2) return std::nullopt;
        const size_t bytes = 4U * (Read16(&rest[2]) + 1U);
        const uint8_t type = rest[1];
        if (bytes < 8 || bytes > rest.size()) return std::nullopt;
        const bool report = type == kSenderReport || type == kReceiverReport;
        if (at == 0 && !report) return std::nullopt;
        if (report) {
            const size_t blocks = type == kSenderReport ? 28 : 8;
            const size_t count = rest[0] & 0x1F;
            if (blocks + count * kBlockBytes > bytes) return std::nullopt;
            if (at == 0) in.ssrc = Read32(&rest[4]);
            if (type == kSenderReport) in.sender_report = Read32(&rest[10]);
            for (size_t i = 0; i < count; ++i) {
                const uint8_t* block = &rest[blocks + i * kBlockBytes];
                if (Read32(block) == our_ssrc) in.about_us = ParseBlock(block);
            }
        }
        at += bytes;
    }
    if (datagram.empty()) return std::nullopt;
    return in;
}

}  // namespace trunkline::rtp

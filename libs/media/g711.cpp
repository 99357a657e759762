// G.711 companding (ITU-T G.711) by tables made at compile time.
#include "media/g711.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>

namespace trunkline::media {
namespace {

// A-law: sign, 3 bits of segment, 4 bits of step; even bits are inverted on the line (0x55).
constexpr int16_t ExpandALaw(uint8_t byte) {
    const int code = byte ^ 0x55;
    const int segment = code >> 4 & 7;
    int magnitude = ((code & 0x0F) << 4) + 8;
    if (segment > 0) magnitude = (magnitude + 0x100) << (segment - 1);
    return static_cast<int16_t>((code & 0x80) != 0 ? magnitude : -magnitude);
}

constexpr uint8_t CompressALaw(int sample) {
    const int sign = sample >= 0 ? 0x80 : 0;
    // 12 bits of magnitude; one's complement for negatives keeps the two halves symmetrical.
    const int magnitude = (sample >= 0 ? sample : ~sample) >> 4;
    const int segment = magnitude < 16 ? 0 : std::bit_width(static_cast<unsigned>(magnitude)) - 4;
    const int step = segment < 2 ? magnitude & 0x0F : magnitude >> (segment - 1) & 0x0F;
    return static_cast<uint8_t>((sign | segment << 4 | step) ^ 0x55);
}

constexpr int kMuLawBias = 0x84;

constexpr int16_t ExpandMuLaw(uint8_t byte) {
    const int code = ~byte & 0xFF;
    const int magnitude = ((((code & 0x0F) << 3) + kMuLawBias) << (code >> 4 & 7)) - kMuLawBias;
    return static_cast<int16_t>((code & 0x80) != 0 ? -magnitude : magnitude);
}

constexpr uint8_t CompressMuLaw(int sample) {
    const int sign = sample < 0 ? 0x80 : 0;
    const int limited = std::min(sample < 0 ? -sample : sample, 0x7FFF - kMuLawBias);
    const int magnitude = limited + kMuLawBias;
    const int segment = std::bit_width(static_cast<unsigned>(magnitude)) - 8;
    const int step = magnitude >> (segment + 3) & 0x0F;
    return static_cast<uint8_t>(~(sign | segment << 4 | step));
}

struct Tables {
    std::array<int16_t, 256> expand_a{};
    std::array<int16_t, 256> expand_mu{};
    // Indexed by the upper 14 bits (µ-law) and 12 bits (A-law) of a sample; what is below makes no difference.
    std::array<uint8_t, 4096> compress_a{};
    std::array<uint8_t, 16384> compress_mu{};
};

constexpr Tables MakeTables() {
    Tables tables;
    for (size_t i = 0; i < 256; ++i) {
        tables.expand_a[i] = ExpandALaw(static_cast<uint8_t>(i));
        tables.expand_mu[i] = ExpandMuLaw(static_cast<uint8_t>(i));
    }
    for (int i = 0; i < 4096; ++i) {
        tables.compress_a[static_cast<size_t>(i)] = CompressALaw((i << 4) - 32768);
    }
    for (int i = 0; i < 16384; ++i) {
        tables.compress_mu[static_cast<size_t>(i)] = CompressMuLaw((i << 2) - 32768);
    }
    return tables;
}

constexpr Tables kTables = MakeTables();

}  // namespace

uint8_t Encode(Codec codec, int16_t sample) {
    const auto shifted = static_cast<unsigned>(sample + 32768);
    return codec == Codec::kPcma ? kTables.compress_a[shifted >> 4] : kTables.compress_mu[shifted >> 2];
}

int16_t Decode(Codec codec, uint8_t byte) {
    return codec == Codec::kPcma ? kTables.expand_a[byte] : kTables.expand_mu[byte];
}

void Encode(Codec codec, std::span<const int16_t> samples, std::span<uint8_t> bytes) {
    for (size_t i = 0; i < samples.size(); ++i) bytes[i] = Encode(codec, samples[i]);
}

void Decode(Codec codec, std::span<const uint8_t> bytes, std::span<int16_t> samples) {
    for (size_t i = 0; i < bytes.size(); ++i) samples[i] = Decode(codec, bytes[i]);
}

}  // namespace trunkline::media

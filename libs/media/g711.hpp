// G.711 companding (ITU-T G.711): 8 kHz, one byte a sample, A-law and µ-law.
#pragma once
#include <cstdint>
#include <span>

namespace trunkline::media {

// The value is the static RTP payload type (RFC 3551 section 6).
enum class Codec : uint8_t { kPcmu = 0, kPcma = 8 };

// One sample; the coded zero of A-law is 0xD5, of µ-law 0xFF.
uint8_t Encode(Codec codec, int16_t sample);
int16_t Decode(Codec codec, uint8_t byte);

// Whole buffers; both spans have the same length.
void Encode(Codec codec, std::span<const int16_t> samples, std::span<uint8_t> bytes);
void Decode(Codec codec, std::span<const uint8_t> bytes, std::span<int16_t> samples);

constexpr uint8_t SilenceByte(Codec codec) { return codec == Codec::kPcma ? 0xD5 : 0xFF; }

}  // namespace trunkline::media

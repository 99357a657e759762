// The unit of audio inside Trunkline: 20 ms of 8 kHz signed 16-bit mono.
#pragma once
#include <array>
#include <cstdint>

namespace trunkline::media {

inline constexpr int kSampleRate = 8000;
inline constexpr int kSamplesPerMilli = kSampleRate / 1000;
inline constexpr int kFrameMillis = 20;
inline constexpr int kFrameSamples = kFrameMillis * kSamplesPerMilli;

using Frame = std::array<int16_t, kFrameSamples>;

}  // namespace trunkline::media

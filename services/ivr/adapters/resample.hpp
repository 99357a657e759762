// Changes the sample rate of speech.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace trunkline::ivr {

// Band-limited to the lower of both rates (windowed sinc, 32 zero crossings). Rates in Hz.
std::vector<int16_t> Resample(std::span<const int16_t> samples, int from, int to);

}  // namespace trunkline::ivr

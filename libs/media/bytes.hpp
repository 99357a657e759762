// Little-endian numbers, as WAV files and journals keep them.
#pragma once
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace trunkline::media {

template <std::unsigned_integral T>
T ReadLittle(const uint8_t* from) {
    T value = 0;
    for (size_t i = 0; i < sizeof(T); ++i) value = static_cast<T>(value | static_cast<T>(from[i]) << (8 * i));
    return value;
}

template <std::unsigned_integral T>
void AppendLittle(std::vector<uint8_t>& out, T value) {
    for (size_t i = 0; i < sizeof(T); ++i) out.push_back(static_cast<uint8_t>(value >> (8 * i)));
}

}  // namespace trunkline::media

// CRC32C (Castagnoli, RFC 3720 appendix B.4).
#include "media/checksum.hpp"

#include <array>
#include <cstring>

namespace trunkline::media {
namespace {

constexpr std::array<uint32_t, 256> MakeTable() {
    std::array<uint32_t, 256> table{};
    for (uint32_t i = 0; i < 256; ++i) {
        uint32_t value = i;
        for (int bit = 0; bit < 8; ++bit) value = (value & 1) != 0 ? value >> 1 ^ 0x82F63B78U : value >> 1;
        table[i] = value;
    }
    return table;
}

constexpr auto kTable = MakeTable();

#if defined(__x86_64__)
__attribute__((target("sse4.2"))) uint32_t HardwareCrc32c(std::span<const uint8_t> bytes) {
    uint64_t value = 0xFFFFFFFFU;
    for (; bytes.size() >= 8; bytes = bytes.subspan(8)) {
        uint64_t word;
        std::memcpy(&word, bytes.data(), 8);
        value = __builtin_ia32_crc32di(value, word);
    }
    auto rest = static_cast<uint32_t>(value);
    for (const uint8_t byte : bytes) rest = __builtin_ia32_crc32qi(rest, byte);
    return ~rest;
}
#endif

}  // namespace

uint32_t PortableCrc32c(std::span<const uint8_t> bytes) {
    uint32_t value = 0xFFFFFFFFU;
    for (const uint8_t byte : bytes) value = kTable[(value ^ byte) & 0xFF] ^ value >> 8;
    return ~value;
}

uint32_t Crc32c(std::span<const uint8_t> bytes) {
#if defined(__x86_64__)
    static const bool has_instruction = __builtin_cpu_supports("sse4.2") != 0;
    if (has_instruction) return HardwareCrc32c(bytes);
#endif
    return PortableCrc32c(bytes);
}

}  // namespace trunkline::media

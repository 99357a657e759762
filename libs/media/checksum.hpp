// CRC32C (Castagnoli, RFC 3720 appendix B.4), by the processor's instruction where there is one.
#pragma once
#include <cstdint>
#include <span>

namespace trunkline::media {

uint32_t Crc32c(std::span<const uint8_t> bytes);

// The table version, for processors without the instruction; the same result.
uint32_t PortableCrc32c(std::span<const uint8_t> bytes);

}  // namespace trunkline::media

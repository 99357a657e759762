// Tests of CRC32C.
#include "media/checksum.hpp"

#include <catch2/catch.hpp>

#include <string_view>
#include <vector>

namespace trunkline::media {

TEST_CASE("checksum: CRC32C has the published check value", "[media]") {
    constexpr std::string_view kCheck = "123456789";
    const std::vector<uint8_t> bytes(kCheck.begin(), kCheck.end());
    CHECK(Crc32c(bytes) == 0xE3069283);
    CHECK(PortableCrc32c(bytes) == 0xE3069283);
    // RFC 3720 B.4: 32 bytes of zeros.
    CHECK(Crc32c(std::vector<uint8_t>(32, 0)) == 0x8A9136AA);
}

TEST_CASE("checksum: instruction and table agree at every length", "[media]") {
    std::vector<uint8_t> bytes;
    for (int i = 0; i < 300; ++i) {
        CHECK(Crc32c(bytes) == PortableCrc32c(bytes));
        bytes.push_back(static_cast<uint8_t>(i * 37));
    }
}

}  // namespace trunkline::media

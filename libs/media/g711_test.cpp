// Tests of G.711 against the corner values of the recommendation.
#include "media/g711.hpp"

#include <catch2/catch.hpp>

#include <cmath>

namespace trunkline::media {

TEST_CASE("g711: every code survives decoding and encoding", "[media]") {
    for (int code = 0; code < 256; ++code) {
        const auto byte = static_cast<uint8_t>(code);
        CHECK(Encode(Codec::kPcma, Decode(Codec::kPcma, byte)) == byte);
        // µ-law has two zeros; 0x7F is the negative one.
        if (code != 0x7F) CHECK(Encode(Codec::kPcmu, Decode(Codec::kPcmu, byte)) == byte);
    }
}

TEST_CASE("g711: corner values are those of the recommendation", "[media]") {
    CHECK(Decode(Codec::kPcma, 0xD5) == 8);
    CHECK(Decode(Codec::kPcma, 0x55) == -8);
    CHECK(Decode(Codec::kPcma, 0xAA) == 32256);
    CHECK(Decode(Codec::kPcma, 0x2A) == -32256);
    CHECK(Decode(Codec::kPcmu, 0xFF) == 0);
    CHECK(Decode(Codec::kPcmu, 0x80) == 32124);
    CHECK(Decode(Codec::kPcmu, 0x00) == -32124);
    CHECK(Encode(Codec::kPcma, 0) == SilenceByte(Codec::kPcma));
    CHECK(Encode(Codec::kPcmu, 0) == SilenceByte(Codec::kPcmu));
    CHECK(Encode(Codec::kPcma, 32767) == 0xAA);
    CHECK(Encode(Codec::kPcma, -32768) == 0x2A);
    CHECK(Encode(Codec::kPcmu, 32767) == 0x80);
    CHECK(Encode(Codec::kPcmu, -32768) == 0x00);
}

TEST_CASE("g711: coding errs by less than one step, and steps grow with the level", "[media]") {
    for (int sample = -32768; sample <= 32767; ++sample) {
        const auto value = static_cast<int16_t>(sample);
        const double allowed = 16 + std::abs(sample) / 16.0;
        REQUIRE(std::abs(Decode(Codec::kPcma, Encode(Codec::kPcma, value)) - sample) <= allowed);
        REQUIRE(std::abs(Decode(Codec::kPcmu, Encode(Codec::kPcmu, value)) - sample) <= allowed);
    }
}

}  // namespace trunkline::media

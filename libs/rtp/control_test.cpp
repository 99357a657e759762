// Tests of RTCP.
#include "rtp/control.hpp"

#include <catch2/catch.hpp>

namespace trunkline::rtp {
namespace {

std::vector<uint8_t> SampleReport() {
    ControlOut out;
    out.ssrc = 77;
    out.cname = "77";
    out.sender = SenderInfo{FromUnixMillis(1'000), 8000, 50, 8000};
    Heard heard;
    heard.ssrc = 1234;
    heard.report = {128, -5, 70'000, 80};
    out.heard = heard;
    return WriteControl(out);
}

}  // namespace

TEST_CASE("rtcp: a sender report with a reception block is read back", "[rtp]") {
    const auto in = ParseControl(SampleReport(), 1234);
    REQUIRE(in);
    CHECK(in->ssrc == 77);
    REQUIRE(in->about_us);
    CHECK(in->about_us->fraction_lost == 128);
    CHECK(in->about_us->cumulative_lost == -5);
    CHECK(in->about_us->highest_sequence == 70'000);
    CHECK(in->about_us->jitter == 80);
    REQUIRE(in->sender_report);
    // Second 1 of Unix time; the middle 32 bits of NTP time.
    CHECK(*in->sender_report == (2'208'988'801U & 0xFFFF) << 16);
}

TEST_CASE("rtcp: what peers report about others is not taken for ours", "[rtp]") {
    const auto in = ParseControl(SampleReport(), 999);
    REQUIRE(in);
    CHECK_FALSE(in->about_us);
}

TEST_CASE("rtcp: a receiver report without blocks is valid", "[rtp]") {
    ControlOut out;
    out.ssrc = 5;
    const auto bytes = WriteControl(out);
    CHECK(bytes.size() % 4 == 0);
    const auto in = ParseControl(bytes, 1);
    REQUIRE(in);
    CHECK(in->ssrc == 5);
    CHECK_FALSE(in->sender_report);
}

TEST_CASE("rtcp: malformed packets are dropped", "[rtp]") {
    auto bytes = SampleReport();
    SECTION("every cut, except the one between the two packets") {
        for (size_t size = 0; size < bytes.size(); ++size) {
            const bool whole_report = size == 52;
            CHECK(ParseControl({bytes.data(), size}, 1).has_value() == whole_report);
        }
    }
    SECTION("a length beyond the datagram") {
        bytes[3] = 0xFF;
        CHECK_FALSE(ParseControl(bytes, 1));
    }
    SECTION("more blocks than bytes") {
        bytes[0] = 0x9F;
        CHECK_FALSE(ParseControl(bytes, 1));
    }
    SECTION("another version") {
        bytes[0] = 0x41;
        CHECK_FALSE(ParseControl(bytes, 1));
    }
    SECTION("a compound that starts with SDES") {
        CHECK_FALSE(ParseControl({bytes.data() + 52, bytes.size() - 52}, 1));
    }
}

}  // namespace trunkline::rtp

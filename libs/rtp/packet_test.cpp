// Tests of RTP headers.
#include "rtp/packet.hpp"

#include <catch2/catch.hpp>

#include <vector>

namespace trunkline::rtp {
namespace {

std::vector<uint8_t> Datagram(size_t payload) {
    std::vector<uint8_t> bytes(kHeaderBytes + payload, 0x55);
    WriteHeader({8, true, 65535, 0x01020304, 0xA0B0C0D0}, bytes.data());
    return bytes;
}

}  // namespace

TEST_CASE("rtp: a written header is read back", "[rtp]") {
    auto bytes = Datagram(160);
    const auto packet = ParsePacket(bytes);
    REQUIRE(packet);
    CHECK(packet->header.payload_type == 8);
    CHECK(packet->header.marker);
    CHECK(packet->header.sequence == 65535);
    CHECK(packet->header.timestamp == 0x01020304);
    CHECK(packet->header.ssrc == 0xA0B0C0D0);
    CHECK(packet->payload.size() == 160);
}

TEST_CASE("rtp: CSRC list, extension and padding are taken off the payload", "[rtp]") {
    auto bytes = Datagram(4 + 8 + 10);
    bytes[0] = 0x80 | 0x20 | 0x10 | 1;
    bytes[kHeaderBytes + 4 + 2] = 0;
    bytes[kHeaderBytes + 4 + 3] = 1;
    bytes.back() = 3;
    const auto packet = ParsePacket(bytes);
    REQUIRE(packet);
    CHECK(packet->payload.size() == 7);
    CHECK(packet->payload.data() == bytes.data() + kHeaderBytes + 12);
}

TEST_CASE("rtp: what is not RTP is refused", "[rtp]") {
    SECTION("too short") {
        std::vector<uint8_t> bytes(11, 0x80);
        CHECK_FALSE(ParsePacket(bytes));
    }
    SECTION("no payload") {
        auto bytes = Datagram(0);
        CHECK_FALSE(ParsePacket(bytes));
    }
    SECTION("version 1") {
        auto bytes = Datagram(160);
        bytes[0] = 0x40;
        CHECK_FALSE(ParsePacket(bytes));
    }
    SECTION("a CSRC count beyond the datagram") {
        auto bytes = Datagram(60);
        bytes[0] = 0x8F;
        CHECK_FALSE(ParsePacket(bytes));
    }
    SECTION("an extension beyond the datagram") {
        auto bytes = Datagram(160);
        bytes[0] = 0x90;
        CHECK_FALSE(ParsePacket(bytes));
    }
    SECTION("padding of nothing and padding of everything") {
        auto bytes = Datagram(20);
        bytes[0] = 0xA0;
        bytes.back() = 0;
        CHECK_FALSE(ParsePacket(bytes));
        bytes.back() = 20;
        CHECK_FALSE(ParsePacket(bytes));
        bytes.back() = 19;
        CHECK(ParsePacket(bytes));
    }
}

TEST_CASE("rtp: sequence numbers compare on their circle", "[rtp]") {
    CHECK(IsAfter(0, 65535));
    CHECK(IsAfter(2, 1));
    CHECK_FALSE(IsAfter(1, 1));
    CHECK_FALSE(IsAfter(65535, 0));
}

}  // namespace trunkline::rtp

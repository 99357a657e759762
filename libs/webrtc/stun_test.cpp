// The test vectors of RFC 5769, and messages of ours.
#include "webrtc/stun.hpp"

#include <catch2/catch.hpp>

#include "rtp/bytes.hpp"

namespace trunkline::webrtc {
namespace {

constexpr std::string_view kPassword = "VOkJxbRl1RmTxUk/WvJxBt";
const StunTransaction kTransaction{0xb7, 0xe7, 0xa7, 0x01, 0xbc, 0x34, 0xd6, 0x86, 0xfa, 0x87, 0xdf, 0xae};

// Section 2.1.
const std::vector<uint8_t> kRequest{
    0x00, 0x01, 0x00, 0x58, 0x21, 0x12, 0xa4, 0x42, 0xb7, 0xe7, 0xa7, 0x01, 0xbc, 0x34, 0xd6, 0x86, 0xfa, 0x87,
    0xdf, 0xae, 0x80, 0x22, 0x00, 0x10, 0x53, 0x54, 0x55, 0x4e, 0x20, 0x74, 0x65, 0x73, 0x74, 0x20, 0x63, 0x6c,
    0x69, 0x65, 0x6e, 0x74, 0x00, 0x24, 0x00, 0x04, 0x6e, 0x00, 0x01, 0xff, 0x80, 0x29, 0x00, 0x08, 0x93, 0x2f,
    0xf9, 0xb1, 0x51, 0x26, 0x3b, 0x36, 0x00, 0x06, 0x00, 0x09, 0x65, 0x76, 0x74, 0x6a, 0x3a, 0x68, 0x36, 0x76,
    0x59, 0x20, 0x20, 0x20, 0x00, 0x08, 0x00, 0x14, 0x9a, 0xea, 0xa7, 0x0c, 0xbf, 0xd8, 0xcb, 0x56, 0x78, 0x1e,
    0xf2, 0xb5, 0xb2, 0xd3, 0xf2, 0x49, 0xc1, 0xb5, 0x71, 0xa2, 0x80, 0x28, 0x00, 0x04, 0xe5, 0x7a, 0x3b, 0xcf};

// Section 2.2.
const std::vector<uint8_t> kResponse{0x01, 0x01, 0x00, 0x3c, 0x21, 0x12, 0xa4, 0x42, 0xb7, 0xe7, 0xa7, 0x01, 0xbc, 0x34,
                                     0xd6, 0x86, 0xfa, 0x87, 0xdf, 0xae, 0x80, 0x22, 0x00, 0x0b, 0x74, 0x65, 0x73, 0x74,
                                     0x20, 0x76, 0x65, 0x63, 0x74, 0x6f, 0x72, 0x20, 0x00, 0x20, 0x00, 0x08, 0x00, 0x01,
                                     0xa1, 0x47, 0xe1, 0x12, 0xa6, 0x43, 0x00, 0x08, 0x00, 0x14, 0x2b, 0x91, 0xf5, 0x99,
                                     0xfd, 0x9e, 0x90, 0xc3, 0x8c, 0x74, 0x89, 0xf9, 0x2a, 0xf9, 0xba, 0x53, 0xf0, 0x6b,
                                     0xe7, 0xd7, 0x80, 0x28, 0x00, 0x04, 0xc0, 0x7d, 0x4c, 0x96};

std::span<const uint8_t> MappedOf(std::span<const uint8_t> response) { return response.subspan(20); }

}  // namespace

TEST_CASE("the request of RFC 5769 is read and is authentic", "[stun]") {
    const auto message = ParseStun(kRequest);
    REQUIRE(message);
    CHECK(message->type == kBindingRequest);
    CHECK(message->transaction == kTransaction);
    CHECK(message->username == "evtj:h6vY");
    CHECK(message->has_fingerprint);
    CHECK_FALSE(message->has_unknown);
    CHECK_FALSE(message->use_candidate);
    CHECK(IsAuthentic(kRequest, *message, kPassword));
    CHECK_FALSE(IsAuthentic(kRequest, *message, "VOkJxbRl1RmTxUk/WvJxBu"));
    CHECK_FALSE(IsAuthentic(kRequest, *message, ""));
}

TEST_CASE("the response of RFC 5769 is read and is authentic", "[stun]") {
    const auto message = ParseStun(kResponse);
    REQUIRE(message);
    CHECK(message->type == kBindingResponse);
    CHECK(IsAuthentic(kResponse, *message, kPassword));
}

TEST_CASE("the mapped address is written as in the vectors of RFC 5769", "[stun]") {
    const auto v4 = WriteBindingResponse(kTransaction, *rtp::MakeAddress("192.0.2.1", 32853), kPassword);
    const auto mapped = MappedOf(v4).first(12);
    CHECK(std::vector<uint8_t>(mapped.begin(), mapped.end()) ==
          std::vector<uint8_t>(kResponse.begin() + 36, kResponse.begin() + 48));
    const auto v6 =
        WriteBindingResponse(kTransaction, *rtp::MakeAddress("2001:db8:1234:5678:11:2233:4455:6677", 32853), kPassword);
    const auto mapped6 = MappedOf(v6).first(24);
    CHECK(std::vector<uint8_t>(mapped6.begin(), mapped6.end()) ==
          std::vector<uint8_t>{0x00, 0x20, 0x00, 0x14, 0x00, 0x02, 0xa1, 0x47, 0x01, 0x13, 0xa9, 0xfa,
                               0xa5, 0xd3, 0xf1, 0x79, 0xbc, 0x25, 0xf4, 0xb5, 0xbe, 0xd2, 0xb9, 0xd9});
}

TEST_CASE("what we write is authentic, and any changed byte is noticed", "[stun]") {
    const auto response = WriteBindingResponse(kTransaction, *rtp::MakeAddress("192.0.2.1", 32853), kPassword);
    const auto request = WriteBindingRequest(kTransaction, "us:them", kPassword, true);
    for (const auto& written : {response, request}) {
        const auto message = ParseStun(written);
        REQUIRE(message);
        CHECK(message->has_fingerprint);
        CHECK(IsAuthentic(written, *message, kPassword));
        for (size_t i = 0; i < written.size(); ++i) {
            auto changed = written;
            changed[i] ^= 1;
            // A changed type of the fingerprint makes it another attribute.
            const auto read = ParseStun(changed);
            CHECK_FALSE((read && read->has_fingerprint));
        }
    }
    CHECK(ParseStun(request)->use_candidate);
    CHECK(ParseStun(request)->username == "us:them");
}

TEST_CASE("an attribute behind the integrity does not count", "[stun]") {
    auto request = WriteBindingRequest(kTransaction, "us:them", kPassword, false);
    request.resize(request.size() - 8);                       // the fingerprint
    request.insert(request.end(), {0x00, 0x25, 0x00, 0x00});  // USE-CANDIDATE
    rtp::Write16(&request[2], static_cast<uint16_t>(request.size() - 20));
    const auto message = ParseStun(request);
    REQUIRE(message);
    CHECK_FALSE(message->use_candidate);
    CHECK(IsAuthentic(request, *message, kPassword));
}

TEST_CASE("what is cut off or too long is no message", "[stun]") {
    for (size_t length = 0; length < kRequest.size(); ++length) CHECK_FALSE(ParseStun({kRequest.data(), length}));
    auto longer = kRequest;
    longer.insert(longer.end(), 4, 0);
    CHECK_FALSE(ParseStun(longer));
}

}  // namespace trunkline::webrtc

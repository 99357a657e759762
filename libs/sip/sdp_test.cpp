// Session descriptions: the way in and the way back.
#include "sip/sdp.hpp"

#include <catch2/catch.hpp>

namespace trunkline::sip {
namespace {

constexpr const char* kText =
    "v=0\r\no=alice 2890844526 7 IN IP6 2001:db8::1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\na=sendonly\r\n"
    "m=audio 49170 RTP/AVP 8 101\r\nc=IN IP6 2001:db8::2\r\na=rtpmap:8 PCMA/8000\r\na=ptime:20\r\n"
    "m=video 0 RTP/AVP 31\r\n";

}  // namespace

TEST_CASE("sdp: a description is read and written back as it came", "[sip]") {
    const auto description = ParseSdp(kText);
    REQUIRE(description);
    CHECK(description->origin.session_id == "2890844526");
    CHECK(description->origin.version == 7);
    CHECK(description->address == "192.0.2.1");
    REQUIRE(description->media.size() == 2);
    CHECK(description->media[0].port == 49170);
    CHECK(description->media[0].address == "2001:db8::2");
    CHECK(description->media[0].formats == std::vector<std::string>{"8", "101"});
    CHECK(*FindAttribute(description->media[0].attributes, "ptime") == "20");
    CHECK(FindAttribute(description->attributes, "Sendonly") == nullptr);
    CHECK(description->ToString() == kText);
}

TEST_CASE("sdp: bare line feeds, blank lines at the end and lines no call needs are read over", "[sip]") {
    CHECK(ParseSdp("v=0\no=- 1 1 IN IP4 h.example.com\ns=\ni=x\nb=AS:64\nz=0 0\nm=audio 9/2 RTP/AVP 0\nc=IN IP4 "
                   "224.2.1.1/127\nk=prompt\n\r\n\n")
              ->media.at(0)
              .address == "224.2.1.1");
}

TEST_CASE("sdp: what the grammar forbids is an error", "[sip]") {
    const std::string start = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\n";
    const auto text = GENERATE_COPY(
        as<std::string>(), "", "v=1\r\n", "o=- 1 1 IN IP4 192.0.2.1\r\n", "v=0\r\ns=-\r\n",
        "v=0\r\no=- x 1 IN IP4 192.0.2.1\r\n", "v=0\r\no=- 1 IN IP4 192.0.2.1\r\n",
        "v=0\r\no=- 1 1 IN IP5 192.0.2.1\r\n", "v=0\r\no=- 1 99999999999999999999 IN IP4 192.0.2.1\r\n",
        start + "v=0\r\n", start + "o=- 1 1 IN IP4 1.1.1.1\r\n", start + "c=IN IP4 2001:db8::1\r\n",
        start + "c=IN IP6 1.2.3.4\r\n", start + "c=ATM IP4 1.2.3.4\r\n", start + "c=IN IP4 1.2.3.400\r\n",
        start + "m=audio\r\n", start + "m=audio 1 RTP/AVP\r\n", start + "m=audio 65536 RTP/AVP 0\r\n",
        start + "m=audio x RTP/AVP 0\r\n", start + "m=audio 1 RTP/AVP 0  8\r\n", start + "a=\r\n", start + "a=:x\r\n",
        start + "X=1\r\n", start + "a =x\r\n", start + "\r\na=x\r\n", start + std::string("a=x\0y\r\n", 7));
    CAPTURE(text);
    const auto description = ParseSdp(text);
    REQUIRE_FALSE(description);
    CHECK(description.error().reason == "SDP_MALFORMED");
}

TEST_CASE("sdp: the number of streams and of lines is limited", "[sip]") {
    std::string streams = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\n";
    std::string lines = streams;
    for (size_t count = 0; count < kMaxMediaLines; ++count) streams += "m=audio 1 RTP/AVP 0\r\n";
    CHECK(ParseSdp(streams));
    CHECK_FALSE(ParseSdp(streams + "m=audio 1 RTP/AVP 0\r\n"));
    for (size_t count = 2; count < kMaxSdpLines; ++count) lines += "a=x\r\n";
    CHECK(ParseSdp(lines));
    CHECK_FALSE(ParseSdp(lines + "a=x\r\n"));
}

}  // namespace trunkline::sip

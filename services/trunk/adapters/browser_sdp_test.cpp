// Offers as Chromium and Firefox write them, and what is wrong with others.
#include "trunk/adapters/browser_sdp.hpp"

#include <catch2/catch.hpp>

using namespace trunkline;
using namespace trunkline::trunk;

namespace {

const std::string kPrint =
    "AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99";

const std::string kChromium =
    "v=0\r\no=- 4611731400430051336 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\n"
    "a=extmap-allow-mixed\r\na=msid-semantic: WMS 5b2c\r\n"
    "m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126\r\nc=IN IP4 0.0.0.0\r\na=rtcp:9 IN IP4 0.0.0.0\r\n"
    "a=ice-ufrag:4ZcD\r\na=ice-pwd:2/1muCWoOi3uLifh0NuRHlZt\r\na=ice-options:trickle\r\n"
    "a=fingerprint:sha-256 " +
    kPrint +
    "\r\na=setup:actpass\r\na=mid:0\r\na=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level\r\na=sendrecv\r\n"
    "a=msid:5b2c 7e1f\r\na=rtcp-mux\r\na=rtcp-rsize\r\na=rtpmap:111 opus/48000/2\r\na=rtcp-fb:111 transport-cc\r\n"
    "a=fmtp:111 minptime=10;useinbandfec=1\r\na=rtpmap:63 red/48000/2\r\na=rtpmap:9 G722/8000\r\n"
    "a=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:13 CN/8000\r\na=rtpmap:110 telephone-event/48000\r\n"
    "a=rtpmap:126 telephone-event/8000\r\na=ssrc:3735928559 cname:x\r\n";

const BrowserLine kLine{"192.0.2.1", 20000, 4711, "ourufrag", "ourpasswordof24letters..", "FI:NG"};

std::string Changed(const std::string& from, const std::string& to) {
    std::string text = kChromium;
    const size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("an offer of Chromium is understood", "[browser]") {
    const auto offer = ReadBrowserOffer(kChromium);
    REQUIRE(offer.ok());
    CHECK(offer->ufrag == "4ZcD");
    CHECK(offer->fingerprint == kPrint);
    CHECK(offer->association == "4611731400430051336");
    CHECK(offer->remote.codec == media::Codec::kPcmu);
    CHECK(offer->remote.receive_digit_type == 126);
    CHECK(offer->wants_to_hear);
    CHECK(offer->wants_to_speak);
}

TEST_CASE("ICE and fingerprint may stand in the session's part, as Firefox writes the latter", "[browser]") {
    std::string text = Changed("a=fingerprint:sha-256 " + kPrint + "\r\n", "");
    text.insert(text.find("m=audio"), "a=fingerprint:SHA-256 " + kPrint + "\r\n");
    const auto offer = ReadBrowserOffer(text);
    REQUIRE(offer.ok());
    CHECK(offer->fingerprint == kPrint);
}

TEST_CASE("the answer is what a browser needs", "[browser]") {
    const auto offer = ReadBrowserOffer(kChromium);
    REQUIRE(offer.ok());
    const std::string answer = WriteBrowserAnswer(*offer, kLine);
    for (const char* line :
         {"a=ice-lite\r\n", "a=group:BUNDLE 0\r\n", "m=audio 20000 UDP/TLS/RTP/SAVPF 0 126\r\n", "a=mid:0\r\n",
          "a=ice-ufrag:ourufrag\r\n", "a=fingerprint:sha-256 FI:NG\r\n", "a=setup:passive\r\n", "a=rtcp-mux\r\n",
          "a=rtpmap:126 telephone-event/8000\r\n", "a=sendrecv\r\n", "a=ssrc:4711 cname:trunkline\r\n",
          "a=candidate:1 1 udp 2130706431 192.0.2.1 20000 typ host\r\n"}) {
        INFO(line);
        CHECK(answer.find(line) != std::string::npos);
    }
    CHECK(sip::ParseSdp(answer).ok());
}

TEST_CASE("PCMA is taken when the browser prefers it, and streams other than audio are refused", "[browser]") {
    std::string text = Changed("111 63 9 0 8 13", "8 0");
    text += "m=video 9 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\na=mid:1\r\na=rtpmap:96 VP8/90000\r\n";
    const auto offer = ReadBrowserOffer(text);
    REQUIRE(offer.ok());
    CHECK(offer->remote.codec == media::Codec::kPcma);
    const std::string answer = WriteBrowserAnswer(*offer, kLine);
    CHECK(answer.find("m=audio 20000 UDP/TLS/RTP/SAVPF 8 126") != std::string::npos);
    CHECK(answer.find("m=video 0 UDP/TLS/RTP/SAVPF 96") != std::string::npos);
}

TEST_CASE("a page without a microphone only listens", "[browser]") {
    const auto offer = ReadBrowserOffer(Changed("a=sendrecv", "a=recvonly"));
    REQUIRE(offer.ok());
    CHECK_FALSE(offer->wants_to_speak);
    CHECK(WriteBrowserAnswer(*offer, kLine).find("a=sendonly\r\n") != std::string::npos);
}

TEST_CASE("an offer that cannot work is refused with the reason", "[browser]") {
    const std::pair<std::string, std::string> faults[] = {
        {"a=ice-ufrag:4ZcD\r\n", "ice-ufrag"},
        {"a=fingerprint:sha-256 " + kPrint + "\r\n", "fingerprint"},
        {"a=setup:actpass\r\n", "setup"},
        {"a=rtcp-mux\r\n", "rtcp-mux"},
    };
    for (const auto& [line, named] : faults) {
        const auto offer = ReadBrowserOffer(Changed(line, ""));
        REQUIRE_FALSE(offer.ok());
        CHECK(offer.error().reason == "INVALID");
        CHECK(offer.error().message.find(named) != std::string::npos);
    }
    CHECK_FALSE(ReadBrowserOffer(Changed("a=setup:actpass", "a=setup:passive")).ok());
    CHECK_FALSE(ReadBrowserOffer(Changed("9 0 8 13", "9 13")).ok());
    CHECK_FALSE(ReadBrowserOffer(Changed("UDP/TLS/RTP/SAVPF", "RTP/AVP")).ok());
    CHECK_FALSE(ReadBrowserOffer("").ok());
    CHECK_FALSE(ReadBrowserOffer(std::string(kLongestOffer + 1, 'a')).ok());
}

// Offers and answers for one audio stream.
#include "sip/sdp_negotiate.hpp"

#include <catch2/catch.hpp>

namespace trunkline::sip {
namespace {

const SdpOrigin kOrigin{"-", "42", 1, "192.0.2.1"};

AudioOffer Ours() { return {"192.0.2.1", 20000, DefaultFormats(), Direction::kSendReceive, 20}; }

// An offer with one audio stream; `lines` stand below its m= line.
SessionDescription Theirs(const std::string& formats, const std::string& lines = "",
                          const std::string& address = "198.51.100.7") {
    const auto type = address.find(':') == std::string::npos ? "IP4 " : "IP6 ";
    const auto description = ParseSdp("v=0\r\no=- 7 7 IN IP4 198.51.100.7\r\ns=-\r\nc=IN " + (type + address) +
                                      "\r\nt=0 0\r\nm=audio 30000 RTP/AVP " + formats + "\r\n" + lines);
    REQUIRE(description);
    return *description;
}

std::string ReasonOf(const SessionDescription& offer) {
    const auto result = Negotiate(offer, Ours(), kOrigin);
    return result ? "" : result.error().reason;
}

}  // namespace

TEST_CASE("negotiate: the peer's first codec that we have is taken, with its event payload type", "[sip]") {
    const auto result = Negotiate(Theirs("18 0 8 96", "a=rtpmap:96 Telephone-Event/8000\r\n"), Ours(), kOrigin);
    REQUIRE(result);
    CHECK(result->codec == AudioFormat{0, "PCMU"});
    CHECK(result->send_events == 96);
    CHECK(result->receive_events == 96);
    CHECK(result->remote.address == "198.51.100.7");
    CHECK(result->remote.port == 30000);
    CHECK(result->local.ToString() ==
          "v=0\r\no=- 42 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 20000 RTP/AVP 0 96\r\n"
          "a=rtpmap:0 PCMU/8000\r\na=rtpmap:96 telephone-event/8000\r\na=fmtp:96 0-15\r\na=ptime:20\r\na=sendrecv\r\n");
}

TEST_CASE("negotiate: a payload type means what its rtpmap says", "[sip]") {
    CHECK(Negotiate(Theirs("97", "a=rtpmap:97 pcma/8000/1\r\n"), Ours(), kOrigin)->codec == AudioFormat{97, "PCMA"});
    CHECK(ReasonOf(Theirs("8", "a=rtpmap:8 L16/8000\r\n")) == "SDP_NO_CODEC");
    CHECK(ReasonOf(Theirs("97", "a=rtpmap:97 PCMA/16000\r\n")) == "SDP_NO_CODEC");
    CHECK(ReasonOf(Theirs("8", "a=rtpmap:8 PCMA/16000\r\n")) == "SDP_NO_CODEC");
}

TEST_CASE("negotiate: without a codec or an audio stream the offer is refused", "[sip]") {
    CHECK(ReasonOf(Theirs("18 101", "a=rtpmap:101 telephone-event/8000\r\n")) == "SDP_NO_CODEC");
    CHECK(ReasonOf(*ParseSdp("v=0\r\no=- 1 1 IN IP4 1.1.1.1\r\nc=IN IP4 1.1.1.1\r\nm=audio 0 RTP/AVP 0\r\n")) ==
          "SDP_NO_AUDIO");
    CHECK(ReasonOf(*ParseSdp("v=0\r\no=- 1 1 IN IP4 1.1.1.1\r\nc=IN IP4 1.1.1.1\r\nm=audio 9 RTP/SAVP 0\r\n")) ==
          "SDP_NO_AUDIO");
    CHECK(ReasonOf(*ParseSdp("v=0\r\no=- 1 1 IN IP4 1.1.1.1\r\nm=audio 9 RTP/AVP 0\r\n")) == "SDP_NO_AUDIO");
}

TEST_CASE("negotiate: packets are 10 to 60 ms long, as the peer asks", "[sip]") {
    CHECK(Negotiate(Theirs("8", "a=ptime:30\r\n"), Ours(), kOrigin)->remote.ptime_ms == 30);
    CHECK(Negotiate(Theirs("8", "a=ptime:40\r\na=maxptime:30\r\n"), Ours(), kOrigin)->remote.ptime_ms == 30);
    const auto* const lines =
        GENERATE("a=ptime:9\r\n", "a=ptime:61\r\n", "a=ptime:0\r\n", "a=ptime:-20\r\n", "a=ptime\r\n",
                 "a=ptime:99999999999999999999\r\n", "a=maxptime:5\r\n", "a=ptime:20ms\r\n");
    CAPTURE(lines);
    CHECK(ReasonOf(Theirs("8", lines)) == "SDP_PTIME");
}

TEST_CASE("negotiate: hold is seen in each of its spellings", "[sip]") {
    struct Case {
        std::string line;
        std::string address;
        Direction ours;
        std::string answer;
        bool is_held;
    };
    const auto expected = GENERATE(values<Case>({
        {"", "198.51.100.7", Direction::kSendReceive, "sendrecv", false},
        {"a=sendonly\r\n", "198.51.100.7", Direction::kReceiveOnly, "recvonly", true},
        {"a=recvonly\r\n", "198.51.100.7", Direction::kSendOnly, "sendonly", false},
        {"a=inactive\r\n", "198.51.100.7", Direction::kInactive, "inactive", true},
        {"", "0.0.0.0", Direction::kReceiveOnly, "sendrecv", true},
        {"", "::", Direction::kReceiveOnly, "sendrecv", true},
    }));
    CAPTURE(expected.line, expected.address);
    const auto result = Negotiate(Theirs("8", expected.line, expected.address), Ours(), kOrigin);
    REQUIRE(result);
    CHECK(result->direction == expected.ours);
    CHECK(result->is_held == expected.is_held);
    CHECK(FindAttribute(result->local.media[0].attributes, expected.answer) != nullptr);
}

TEST_CASE("negotiate: our own hold narrows the answer", "[sip]") {
    auto ours = Ours();
    ours.direction = Direction::kSendOnly;
    CHECK(Negotiate(Theirs("8"), ours, kOrigin)->direction == Direction::kSendOnly);
    CHECK(Negotiate(Theirs("8", "a=sendonly\r\n"), ours, kOrigin)->direction == Direction::kInactive);
}

TEST_CASE("negotiate: a stream's own address and direction go before the session's", "[sip]") {
    const auto offer = ParseSdp(
        "v=0\r\no=- 1 1 IN IP4 1.1.1.1\r\nc=IN IP4 1.1.1.1\r\na=sendonly\r\nm=audio 9 RTP/AVP 0\r\nc=IN IP6 "
        "2001:db8::9\r\na=recvonly\r\n");
    CHECK(AudioOf(*offer)->address == "2001:db8::9");
    CHECK(AudioOf(*offer)->direction == Direction::kReceiveOnly);
}

TEST_CASE("negotiate: every other stream is refused in its place", "[sip]") {
    const auto offer = ParseSdp(
        "v=0\r\no=- 1 1 IN IP4 1.1.1.1\r\nc=IN IP4 1.1.1.1\r\nm=image 9 udptl t38\r\nm=audio 9 RTP/AVP 0\r\nm=audio 11 "
        "RTP/AVP 8\r\n");
    const auto result = Negotiate(*offer, Ours(), kOrigin);
    REQUIRE(result);
    REQUIRE(result->local.media.size() == 3);
    CHECK(result->local.media[0].port == 0);
    CHECK(result->local.media[0].protocol == "udptl");
    CHECK(result->local.media[1].port == 20000);
    CHECK(result->local.media[2].port == 0);
}

TEST_CASE("answer: our offer and the peer's answer agree on a codec, events may have two numbers", "[sip]") {
    const auto offer = MakeOffer(Ours(), kOrigin);
    const auto result = NegotiateAnswer(offer, Theirs("0 96", "a=rtpmap:96 telephone-event/8000\r\na=sendonly\r\n"));
    REQUIRE(result);
    CHECK(result->codec == AudioFormat{0, "PCMU"});
    CHECK(result->send_events == 96);
    CHECK(result->receive_events == 101);
    CHECK(result->direction == Direction::kReceiveOnly);
    CHECK_FALSE(NegotiateAnswer(offer, Theirs("0"))->receive_events);
}

TEST_CASE("answer: one that does not fit the offer is refused", "[sip]") {
    const auto offer = MakeOffer(Ours(), kOrigin);
    CHECK(NegotiateAnswer(offer, Theirs("18")).error().reason == "SDP_NO_CODEC");
    CHECK(NegotiateAnswer(offer, Theirs("8", "m=video 9 RTP/AVP 31\r\n")).error().reason == "SDP_MISMATCH");
}

TEST_CASE("reoffer: streams keep their places and the version counts changes only", "[sip]") {
    const auto theirs = Theirs("8", "m=video 9 RTP/AVP 31\r\n");
    const auto previous = Negotiate(theirs, Ours(), kOrigin)->local;
    auto ours = Ours();
    ours.direction = Direction::kSendOnly;
    const auto hold = MakeReoffer(ours, previous);
    REQUIRE(hold.media.size() == 2);
    CHECK(hold.media[1].port == 0);
    CHECK(hold.origin.session_id == "42");
    CHECK(hold.origin.version == 2);
    CHECK(MakeReoffer(ours, hold).origin.version == 2);
    CHECK(MakeReoffer(ours, hold).ToString() == hold.ToString());
}

}  // namespace trunkline::sip

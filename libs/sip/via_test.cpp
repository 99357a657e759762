// Via and CSeq.
#include <catch2/catch.hpp>

#include "sip/message.hpp"

namespace trunkline::sip {

TEST_CASE("via: spaces around every separator are read", "[sip]") {
    const auto via = ParseVia("SIP  / 2.0  / udp     spindle.example.com : 5061  ;  branch  =   z9hG4bK9ikj8 ; rport");
    REQUIRE(via);
    CHECK(via->transport == "UDP");
    CHECK(via->host == "spindle.example.com");
    CHECK(via->port == 5061);
    CHECK(via->Branch() == "z9hG4bK9ikj8");
    CHECK(via->ToString() == "SIP/2.0/UDP spindle.example.com:5061;branch=z9hG4bK9ikj8;rport");
}

TEST_CASE("via: received is an IPv6 address with or without brackets", "[sip]") {
    CHECK(ParseVia("SIP/2.0/UDP [2001:db8::9:1];received=[2001:db8::9:255];branch=z9hG4bKas3"));
    const auto via = ParseVia("SIP/2.0/UDP [2001:db8::9:1];received=2001:db8::9:255;branch=z9hG4bKas3");
    REQUIRE(via);
    CHECK(*FindParam(via->params, "received") == "2001:db8::9:255");
    CHECK(via->ToString() == "SIP/2.0/UDP [2001:db8::9:1];received=2001:db8::9:255;branch=z9hG4bKas3");
}

TEST_CASE("via: what the grammar forbids is an error", "[sip]") {
    const auto* const text =
        GENERATE("", "SIP/2.0/UDP", "SIP/2.0/UDP ", "SIP/2.0 UDP host", "SIP/3.0/UDP host", "HTTP/1.1/TCP host",
                 "SIP/2.0/ host", "SIP/2.0/UDP host:", "SIP/2.0/UDP host:99999", "SIP/2.0/UDP 192.0.2.15;;",
                 "SIP/2.0/UDP 1.2.3.4;branch=", "SIP/2.0/UDP 1.2.3.4;branch=\"z9hG4bK;\"",
                 "SIP/2.0/UDP 1.2.3.4;branch=a;branch=b", "SIP/2.0/UDP host junk", "SIP/2.0/UDP 2001:db8::1",
                 "SIP/2.0/UDP h;received=2001:zz");
    CAPTURE(text);
    CHECK_FALSE(ParseVia(text));
}

TEST_CASE("cseq: leading zeros count for nothing, 2^31 is too much", "[sip]") {
    CHECK(ParseCSeq("0009   INVITE")->number == 9);
    CHECK(ParseCSeq("2147483647 ACK")->number == 2147483647);
    const auto* const text = GENERATE("", "1", "INVITE", "1INVITE", "2147483648 ACK", "36893488147419103232 REGISTER",
                                      "-1 ACK", "1 AC K", "1 A(", "1 ");
    CAPTURE(text);
    CHECK_FALSE(ParseCSeq(text));
}

}  // namespace trunkline::sip

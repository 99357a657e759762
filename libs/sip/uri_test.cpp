// SIP, SIPS and tel URIs: what is read, what is refused, and the way back.
#include <catch2/catch.hpp>

#include "sip/message.hpp"

namespace trunkline::sip {

TEST_CASE("uri: a whole SIP URI is taken apart and written back as it came", "[sip]") {
    const std::string text = "sips:al%69ce:secret@example.com:5071;transport=tcp;lr?Subject=a%20b&Priority=urgent";
    const auto uri = ParseUri(text);
    REQUIRE(uri);
    CHECK(uri->scheme == "sips");
    CHECK(uri->UserPart() == "alice");
    CHECK(uri->password == "secret");
    CHECK(uri->host == "example.com");
    CHECK(uri->port == 5071);
    CHECK(*FindParam(uri->params, "Transport") == "tcp");
    CHECK(FindParam(uri->params, "lr")->empty());
    CHECK(FindParam(uri->params, "maddr") == nullptr);
    CHECK(uri->headers == "Subject=a%20b&Priority=urgent");
    CHECK(uri->ToString() == text);
}

TEST_CASE("uri: what the grammar allows is read", "[sip]") {
    const auto* const text = GENERATE(
        "sip:example.com", "SIP:alice@EXAMPLE.com", "sip:alice@192.0.2.1", "sip:[2001:db8::10:5070]",
        "sip:alice@[::ffff:192.0.2.1]:5060", "sip:user;par=u%40example.net@example.com", "sip:a@example.com.",
        "sip:+4930123;isub=1@gw", "sip:a@3f2a1b", "sip:a@trunk_1", "sip:a@b;x=%00", "sip:null-%00-null@example.com",
        "sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@example.com",
        "tel:+49-30-123;phone-context=example.com", "tel:*21#;phone-context=+49", "isbn:2983792873",
        "soap.beep://192.0.2.103:3002");
    CAPTURE(text);
    const auto uri = ParseUri(text);
    REQUIRE(uri);
    CHECK(ParseUri(uri->ToString())->ToString() == uri->ToString());
}

TEST_CASE("uri: what the grammar forbids is an error", "[sip]") {
    const auto* const text =
        GENERATE("", "sip:", ":a@b", "1sip:a@b", "sip", "sip:@b", "sip:a@", "sip:a@b c", "sip:a b@c", "<sip:a@b>",
                 "sip:a@b; lr", "sip:a@b:", "sip:a@b:0", "sip:a@b:65536", "sip:a@b:50x", "sip:a@b;", "sip:a@b;;lr",
                 "sip:a@b;=x", "sip:a@b;x=", "sip:a@b;x=\"y\"", "sip:a@b?", "sip:a@b;lr;lr", "sip:a%4@b", "sip:a%4g@b",
                 "sip:a%@b", "sip:a#1@b", "sip:a@b@c", "sip:2001:db8::10", "sip:[2001:db8::10", "sip:[2001:db8]",
                 "sip:[fe80::1%25eth0]", "sip:1.2.3.400", "sip:a@-b", "sip:a@b..c", "sip:a@b/c", "tel:", "tel:abc-x",
                 "tel:+", "tel:+49;;", "isbn:", "isbn:a b", "isbn:a\"b");
    CAPTURE(text);
    const auto uri = ParseUri(text);
    REQUIRE_FALSE(uri);
    CHECK(uri.error().reason == "SIP_MALFORMED");
}

TEST_CASE("uri: an IPv6 reference with three colons is written with two", "[sip]") {
    CHECK(ParseUri("sip:user@[2001:db8:::192.0.2.1]")->ToString() == "sip:user@[2001:db8::192.0.2.1]");
}

TEST_CASE("uri: a NUL in an escape is decoded and cuts nothing off", "[sip]") {
    CHECK(ParseUri("sip:a%00b@c")->UserPart() == std::string("a\0b", 3));
}

TEST_CASE("uri: any text becomes a user part and comes back", "[sip]") {
    const std::string text("#31#+49 30@home%\"\n\0\xc3\xbc", 20);
    Uri uri;
    uri.user = EscapeUser(text);
    uri.host = "example.com";
    const auto read = ParseUri(uri.ToString());
    REQUIRE(read);
    CHECK(read->UserPart() == text);
}

}  // namespace trunkline::sip

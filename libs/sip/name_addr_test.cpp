// Addresses with display names and header parameters.
#include <catch2/catch.hpp>

#include "sip/message.hpp"

namespace trunkline::sip {

using namespace std::string_literals;

TEST_CASE("name-addr: display name, URI and header parameters are told apart", "[sip]") {
    const auto address = ParseNameAddr("\"J \\\"R\\\" \\\\\" <sip:jdr@example.com;user=phone> ; tag = 98asjd8;q=0.3");
    REQUIRE(address);
    CHECK(address->display == "J \"R\" \\");
    CHECK(address->uri.ToString() == "sip:jdr@example.com;user=phone");
    CHECK(address->Tag() == "98asjd8");
    CHECK(address->ToString() == "\"J \\\"R\\\" \\\\\" <sip:jdr@example.com;user=phone>;tag=98asjd8;q=0.3");
}

TEST_CASE("name-addr: without angle brackets the parameters belong to the header", "[sip]") {
    const auto address = ParseNameAddr("sip:+19725552222@gw1.example.net;user=phone");
    REQUIRE(address);
    CHECK(address->uri.params.empty());
    CHECK(*FindParam(address->params, "user") == "phone");
}

TEST_CASE("name-addr: tokens before the bracket are a display name", "[sip]") {
    CHECK(ParseNameAddr("caller<sip:caller@example.com>;tag=323")->display == "caller");
    CHECK(ParseNameAddr("token1~` token2'+_  token3*%!.- <sip:m@e.com>")->display == "token1~` token2'+_  token3*%!.-");
}

TEST_CASE("name-addr: a quoted parameter keeps its quotes on the way back", "[sip]") {
    const auto* const text = "<sip:a@b>;+sip.instance=\"<urn:uuid:1>\";reg-id=1";
    CHECK(ParseNameAddr(text)->ToString() == text);
}

TEST_CASE("name-addr: an escaped control character stays escaped", "[sip]") {
    const auto text = "\"BEL:\\\x07 NUL:\\\0\" <sip:a@b>"s;
    const auto address = ParseNameAddr(text);
    REQUIRE(address);
    CHECK(address->display == "BEL:\x07 NUL:\0"s);
    CHECK(address->ToString() == text);
}

TEST_CASE("name-addr: what the grammar forbids is an error", "[sip]") {
    const auto* const text =
        GENERATE("", "<>", "alice", "\"Mr. J. User <sip:j.user@example.com>", "Bell, Alexander <sip:a@b>;tag=43",
                 "\"Watson\" < sip:t@b >", "\"x\" sip:a@b", "<sip:a@b", "<sip:a@b>>", "<sip:a@b> x", "<sip:a@b>;",
                 "<sip:a@b>;;tag=1", "<sip:a@b>;tag=", "<sip:a@b>;tag=\"\"", "<sip:a@b>;tag=a;TAG=b", "<sip:a@b>;x=(",
                 "sip:user@example.com?Route=%3Csip:sip.example.com%3E", "sip:a,b@c", "sip:user;par=u%40e.net@e.com");
    CAPTURE(text);
    CHECK_FALSE(ParseNameAddr(text));
}

}  // namespace trunkline::sip

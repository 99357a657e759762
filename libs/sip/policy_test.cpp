// What is refused by what we can do.
#include "sip/policy.hpp"

#include <catch2/catch.hpp>

namespace trunkline::sip {
namespace {

Capabilities Ours() {
    Capabilities capabilities;
    capabilities.methods = {"INVITE", "ACK", "BYE", "CANCEL", "OPTIONS", "REGISTER"};
    capabilities.extensions = {"100rel", "timer"};
    capabilities.content_types = {"application/sdp"};
    return capabilities;
}

Message Request(const std::string& method) {
    auto request = Message::Request(method, *ParseUri("sip:bob@example.com"));
    request.Add("To", "<sip:bob@example.com>");
    request.Add("Max-Forwards", "70");
    return request;
}

std::string HeaderOf(const Refusal& refusal) {
    return refusal.headers.empty() ? "" : refusal.headers[0].name + ": " + refusal.headers[0].value;
}

}  // namespace

TEST_CASE("policy: a request we can serve is not refused", "[sip]") {
    auto request = Request("INVITE");
    request.Add("Require", "100REL");
    request.Add("Accept", "text/plain;q=0.1, application/SDP");
    request.SetBody("application/sdp;charset=utf-8", "v=0\r\n");
    CHECK_FALSE(CheckRequest(request, Ours()));
}

TEST_CASE("policy: a known method is 405, an unknown one 501, and both say what is allowed", "[sip]") {
    const auto known = CheckRequest(Request("SUBSCRIBE"), Ours());
    REQUIRE(known);
    CHECK(known->status == 405);
    CHECK(HeaderOf(*known) == "Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, REGISTER");
    CHECK(CheckRequest(Request("invite"), Ours())->status == 501);
    CHECK(CheckRequest(Request("RE%47IST%45R"), Ours())->status == 501);
}

TEST_CASE("policy: an extension we do not have is 420 and named", "[sip]") {
    auto request = Request("OPTIONS");
    request.Add("Require", "timer, nothingSupportsThis");
    request.Add("Proxy-Require", "noProxiesSupportThis");
    const auto refusal = CheckRequest(request, Ours());
    REQUIRE(refusal);
    CHECK(refusal->status == 420);
    CHECK(HeaderOf(*refusal) == "Unsupported: nothingSupportsThis, noProxiesSupportThis");
}

TEST_CASE("policy: CANCEL and ACK are not judged by Require", "[sip]") {
    const auto method = GENERATE(as<std::string>(), "ACK", "CANCEL");
    auto request = Request(method);
    request.Add("Require", "nothingSupportsThis");
    CHECK_FALSE(CheckRequest(request, Ours()));
}

TEST_CASE("policy: a scheme we do not serve is 416, in REGISTER also that of the To", "[sip]") {
    auto request = Request("OPTIONS");
    request.set_uri(*ParseUri("isbn:123"));
    CHECK(CheckRequest(request, Ours())->status == 416);
    auto registration = Request("REGISTER");
    registration.Set("To", "isbn:2983792873");
    CHECK(CheckRequest(registration, Ours())->status == 416);
}

TEST_CASE("policy: the last hop is 483, but OPTIONS asks whoever it reaches", "[sip]") {
    auto invite = Request("INVITE");
    invite.Set("Max-Forwards", "0");
    CHECK(CheckRequest(invite, Ours())->status == 483);
    auto options = Request("OPTIONS");
    options.Set("Max-Forwards", "0");
    CHECK_FALSE(CheckRequest(options, Ours()));
}

TEST_CASE("policy: a body we cannot read is 415 with what we can, unless it is optional", "[sip]") {
    auto request = Request("INVITE");
    request.SetBody("application/unknownformat", "x");
    const auto refusal = CheckRequest(request, Ours());
    REQUIRE(refusal);
    CHECK(refusal->status == 415);
    CHECK(HeaderOf(*refusal) == "Accept: application/sdp");
    request.Add("Content-Disposition", "session;handling=optional");
    CHECK_FALSE(CheckRequest(request, Ours()));
    request.Set("Content-Disposition", "session;handling=required");
    CHECK(CheckRequest(request, Ours()));
}

TEST_CASE("policy: an encoded body is 415 with Accept-Encoding", "[sip]") {
    auto request = Request("INVITE");
    request.SetBody("application/sdp", "x");
    request.Add("Content-Encoding", "gzip");
    CHECK(HeaderOf(*CheckRequest(request, Ours())) == "Accept-Encoding: identity");
}

TEST_CASE("policy: a caller that accepts no SDP is 406", "[sip]") {
    auto request = Request("INVITE");
    request.Add("Accept", "text/nobodyKnowsThis");
    CHECK(CheckRequest(request, Ours())->status == 406);
    request.Add("Accept", "application/*");
    CHECK_FALSE(CheckRequest(request, Ours()));
}

}  // namespace trunkline::sip

// The headers of a message and the making of responses.
#include "sip/message.hpp"

#include <catch2/catch.hpp>

namespace trunkline::sip {
namespace {

Message Invite() {
    auto message = Message::Request("INVITE", *ParseUri("sip:bob@example.com"));
    message.Add("v", "SIP/2.0/UDP a.example.com;branch=z9hG4bK1, SIP/2.0/TCP b.example.com;branch=z9hG4bK2");
    message.Add("Record-Route", "<sip:p.example.com;lr>");
    message.Add("f", "<sip:alice@example.com>;tag=a");
    message.Add("t", "sip:bob@example.com");
    message.Add("i", "call@example.com");
    message.Add("cseq", "7 INVITE");
    message.Add("k", "100rel,timer");
    message.Add("Supported", "replaces");
    return message;
}

}  // namespace

TEST_CASE("message: compact names are expanded and found without case", "[sip]") {
    const auto message = Invite();
    CHECK(message.headers().front().name == "Via");
    CHECK(message.Get("CALL-ID") == "call@example.com");
    CHECK(message.Find("Contact") == nullptr);
    CHECK(message.Get("Contact").empty());
    CHECK(message.Sequence()->number == 7);
    CHECK(message.From()->Tag() == "a");
    CHECK(message.TopVia()->host == "a.example.com");
}

TEST_CASE("message: comma lists and repeated headers are one list", "[sip]") {
    const auto message = Invite();
    CHECK(message.GetList("Via").size() == 2);
    CHECK(message.GetList("Supported") == std::vector<std::string>{"100rel", "timer", "replaces"});
    CHECK(message.HasToken("Supported", "TIMER"));
    CHECK_FALSE(message.HasToken("Supported", "time"));
    CHECK(message.GetList("Allow").empty());
}

TEST_CASE("message: commas in quotes, in brackets and in credentials do not split", "[sip]") {
    Message message;
    message.Add("Contact", "\"a, \\\"b\" <sip:a,b@c>;q=1 , <sip:d@e>");
    message.Add("Authorization", "Digest a=\"b\", c=\"d\"");
    CHECK(message.GetList("Contact").size() == 2);
    CHECK(message.GetList("Contact")[1] == "<sip:d@e>");
    CHECK(message.GetList("Authorization").size() == 1);
}

TEST_CASE("message: a value cannot begin a header of its own", "[sip]") {
    Message message = Message::Response(200, "OK\r\nX: y");
    message.Add("Subject", "a\r\nEvil: b");
    CHECK(message.ToString() == "SIP/2.0 200 OK  X: y\r\nSubject: a  Evil: b\r\nContent-Length: 0\r\n\r\n");
}

TEST_CASE("message: Set replaces every value in place, Remove takes them all", "[sip]") {
    auto message = Invite();
    message.Set("supported", "timer");
    CHECK(message.GetList("Supported") == std::vector<std::string>{"timer"});
    message.Remove("SUPPORTED");
    CHECK(message.Find("Supported") == nullptr);
    message.AddFirst("Route", "<sip:x;lr>");
    CHECK(message.headers().front().name == "Route");
}

TEST_CASE("message: the body's length is written, whatever was set", "[sip]") {
    auto message = Message::Request("MESSAGE", *ParseUri("sip:a@b"));
    message.Add("Content-Length", "999");
    message.SetBody("text/plain", "hello");
    CHECK(message.ToString() ==
          "MESSAGE sip:a@b SIP/2.0\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello");
    message.SetBody("", "");
    CHECK(message.Find("Content-Type") == nullptr);
}

TEST_CASE("response: it copies what RFC 3261 section 8.2.6 names and tags the To", "[sip]") {
    const auto response = MakeResponse(Invite(), 180, "Ringing", "b");
    CHECK(response.method() == "INVITE");
    CHECK(response.GetList("Via").size() == 2);
    CHECK(response.Get("Record-Route") == "<sip:p.example.com;lr>");
    CHECK(response.To()->Tag() == "b");
    CHECK(response.Find("Supported") == nullptr);
}

TEST_CASE("response: a To tag is never replaced, and a failure has no route", "[sip]") {
    auto request = Invite();
    request.Set("To", "<sip:bob@example.com>;tag=old");
    const auto response = MakeResponse(request, 486, "Busy Here", "new");
    CHECK(response.To()->Tag() == "old");
    CHECK(response.Find("Record-Route") == nullptr);
}

TEST_CASE("contact: a star is no address", "[sip]") {
    Message message;
    message.Add("Contact", "*");
    CHECK_FALSE(message.Contact());
}

}  // namespace trunkline::sip

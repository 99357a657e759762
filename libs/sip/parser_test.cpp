// The verdict on datagrams and streams, sound and broken.
#include "sip/parser.hpp"

#include <catch2/catch.hpp>
#include <string>

namespace trunkline::sip {
namespace {

using Verdict = Parsed::Verdict;

constexpr const char* kCore =
    "Via: SIP/2.0/UDP a.example.com;branch=z9hG4bK1\r\n"
    "From: <sip:alice@example.com>;tag=a\r\n"
    "To: <sip:bob@example.com>\r\n"
    "Call-ID: call@example.com\r\n";

std::string Request(const std::string& method, const std::string& more = "", const std::string& body = "") {
    return method + " sip:bob@example.com SIP/2.0\r\n" + kCore + "CSeq: 1 " + method + "\r\n" + more + "\r\n" + body;
}

std::string Replace(std::string text, const std::string& old_part, const std::string& new_part) {
    return text.replace(text.find(old_part), old_part.size(), new_part);
}

}  // namespace

TEST_CASE("sip: a request is read with its headers and its body", "[sip]") {
    const auto parsed = ParseDatagram(Request("OPTIONS", "l: 2\r\nc: text/plain\r\n", "hi"));
    REQUIRE(parsed.verdict == Verdict::kAccept);
    CHECK(parsed.message.method() == "OPTIONS");
    CHECK(parsed.message.uri().user == "bob");
    CHECK(parsed.message.body() == "hi");
    CHECK(parsed.message.Get("Content-Type") == "text/plain");
}

TEST_CASE("sip: a datagram's body ends with its Content-Length, or with the datagram", "[sip]") {
    CHECK(ParseDatagram(Request("OPTIONS", "Content-Length: 2\r\n", "hi and more")).message.body() == "hi");
    CHECK(ParseDatagram(Request("OPTIONS", "", "all of it")).message.body() == "all of it");
    const auto parsed = ParseDatagram(Request("OPTIONS", "Content-Length: 3\r\n", "hi"));
    CHECK(parsed.verdict == Verdict::kReject);
    CHECK(parsed.status == 400);
}

TEST_CASE("sip: a folded header is one value", "[sip]") {
    const auto parsed = ParseDatagram(Request("OPTIONS", "Subject: a\r\n \t b\r\n\tc\r\n"));
    REQUIRE(parsed.verdict == Verdict::kAccept);
    CHECK(parsed.message.Get("Subject") == "a b c");
}

TEST_CASE("sip: a name with space before its colon is the same header", "[sip]") {
    CHECK(ParseDatagram(Request("OPTIONS", "X-Internal \t: yes\r\n")).message.Get("x-internal") == "yes");
}

TEST_CASE("sip: a header that is missing, doubled or malformed is 400 and named", "[sip]") {
    struct Case {
        std::string text;
        std::string reason;
    };
    const auto request = Request("OPTIONS");
    const auto bad = GENERATE_COPY(values<Case>({
        {Replace(request, "To: <sip:bob@example.com>\r\n", ""), "Missing To"},
        {Replace(request, "Call-ID: call@example.com\r\n", ""), "Missing Call-ID"},
        {Replace(request, "CSeq: 1 OPTIONS\r\n", ""), "Missing CSeq"},
        {Request("OPTIONS", "From: <sip:x@y>\r\n"), "Duplicate From"},
        {Request("OPTIONS", "m: <sip:a@b>, <sip:c\r\n"), "Malformed Contact"},
        {Request("OPTIONS", "Contact: *\r\n"), "Malformed Contact"},
        {Request("OPTIONS", "Max-Forwards: 256\r\n"), "Malformed Max-Forwards"},
        {Request("OPTIONS", "Expires: soon\r\n"), "Malformed Expires"},
        {Request("OPTIONS", "Route: sip:a@b\r\n"), "Malformed Route"},
        {Request("OPTIONS", "require: a b\r\n"), "Malformed Require"},
        {Request("OPTIONS", "content-disposition: ;\r\n"), "Malformed Content-Disposition"},
        {Request("OPTIONS", "Authorization: Digest username=\"a\r\n"), "Malformed Authorization"},
        {Request("OPTIONS", "Replaces: a@b;to-tag=1\r\n"), "Malformed Replaces"},
        {Request("OPTIONS", "no colon here\r\n"), "Malformed Header Line"},
        {Request("OPTIONS", "Bad Name: x\r\n"), "Malformed Header Line"},
        {Request("OPTIONS",
                 "Subject: a\x01"
                 "b\r\n"),
         "Control Character In Header"},
        {Request("OPTIONS", "Subject: a\nEvil: b\r\n"), "Line Without CRLF"},
        {Replace(request, "CSeq: 1 OPTIONS", "CSeq: 1 INVITE"), "CSeq Method Mismatch"},
        {Replace(request, "SIP/2.0\r\n", "SIP/2.0 \r\n"), "Malformed Request-Line"},
        {Replace(request, "OPTIONS ", "OPTIONS  "), "Malformed Request-URI"},
        {Replace(request, "sip:bob@example.com SIP", "sip:bob@example.com?a=b SIP"), "Headers In Request-URI"},
        {request.substr(0, request.size() - 2), "Missing Empty Line"},
    }));
    CAPTURE(bad.text);
    const auto parsed = ParseDatagram(bad.text);
    CHECK(parsed.verdict == Verdict::kReject);
    CHECK(parsed.status == 400);
    CHECK(parsed.reason == bad.reason);
    CHECK_FALSE(parsed.message.Get("Via").empty());
}

TEST_CASE("sip: headers nobody acts upon may hold anything", "[sip]") {
    const auto* const header =
        GENERATE("Date: Fri, 01 Jan 2010 16:00:00 EST\r\n", "Supported: ,,\r\n", "s:\r\n",
                 "UnknownHeaderWithUnusualValue: ;;,,;;,;\r\n", "Expires: 99999999999999999999\r\n",
                 "Authorization: NoOneKnowsThisScheme opaque-data=here\r\n");
    CAPTURE(header);
    CHECK(ParseDatagram(Request("OPTIONS", header)).verdict == Verdict::kAccept);
}

TEST_CASE("sip: another version is 505, another scheme 416", "[sip]") {
    CHECK(ParseDatagram(Replace(Request("OPTIONS"), "SIP/2.0\r\n", "SIP/7.0\r\n")).status == 505);
    CHECK(ParseDatagram(Replace(Request("OPTIONS"), "sip:bob@example.com SIP", "isbn:123 SIP")).status == 416);
    CHECK(ParseDatagram(Replace(Request("OPTIONS"), "SIP/2.0\r\n", "sip/2.0\r\n")).verdict == Verdict::kAccept);
}

TEST_CASE("sip: nothing is answered to what is not SIP, to a wrong ACK and without a Via", "[sip]") {
    const auto text = GENERATE(as<std::string>(), "", "\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "INVITE sip:a@b\r\n\r\n",
                               "junk", Replace(Request("ACK"), "CSeq: 1 ACK", "CSeq: 1 INVITE"),
                               Replace(Request("OPTIONS"), "Via: SIP/2.0/UDP a.example.com;branch=z9hG4bK1\r\n", ""));
    CAPTURE(text);
    CHECK(ParseDatagram(text).verdict == Verdict::kDrop);
}

TEST_CASE("sip: a response that is not sound is dropped", "[sip]") {
    const auto response = Replace(Request("INVITE"), "INVITE sip:bob@example.com SIP/2.0", "SIP/2.0 180 Ringing");
    const auto parsed = ParseDatagram(response);
    REQUIRE(parsed.verdict == Verdict::kAccept);
    CHECK(parsed.message.status() == 180);
    CHECK(parsed.message.reason() == "Ringing");
    CHECK(parsed.message.method() == "INVITE");
    CHECK(ParseDatagram(Replace(response, "Ringing", "")).verdict == Verdict::kAccept);
    const auto* const line = GENERATE("SIP/2.0 99 Low", "SIP/2.0 700 High", "SIP/2.0 4294967301 x", "SIP/2.0 18 x",
                                      "SIP/2.0 180", "SIP/3.0 180 x", "SIP/2.0  180 x", "SIP/2.0");
    CAPTURE(line);
    CHECK(ParseDatagram(Replace(response, "SIP/2.0 180 Ringing", line)).verdict == Verdict::kDrop);
    CHECK(ParseDatagram(Replace(response, "CSeq: 1 INVITE", "CSeq: 9999999999 INVITE")).verdict == Verdict::kDrop);
    CHECK(ParseDatagram(Replace(response, "Via:", "Y:")).verdict == Verdict::kDrop);
}

TEST_CASE("sip: every limit is kept", "[sip]") {
    std::string many;
    for (size_t count = 0; count < kMaxHeaders; ++count) many += "X: y\r\n";
    CHECK(ParseDatagram(Request("OPTIONS", many)).reason == "Too Many Headers");
    CHECK(ParseDatagram(Request("OPTIONS", "X: " + std::string(kMaxHeaderBytes, 'x') + "\r\n")).reason ==
          "Header Too Long");
    std::string contacts = "<sip:a@b>";
    for (size_t count = 1; count < kMaxValues; ++count) contacts += ",<sip:a@b>";
    CHECK(ParseDatagram(Request("OPTIONS", "m: " + contacts + "\r\n")).verdict == Verdict::kAccept);
    CHECK(ParseDatagram(Request("OPTIONS", "m: " + contacts + "\r\nm: <sip:a@b>\r\n")).reason == "Too Many Contact");
    std::string params;
    for (size_t count = 0; count < kMaxParams; ++count) params += ";x";
    CHECK(ParseNameAddr("<sip:a@b" + params + ">" + params));
    CHECK_FALSE(ParseNameAddr("<sip:a@b" + params + ";x>"));
    CHECK_FALSE(ParseNameAddr("<sip:a@b>" + params + ";x"));
    CHECK(ParseDatagram(Request("OPTIONS", "", std::string(kMaxMessageBytes, 'x'))).status == 513);
}

TEST_CASE("stream: a message is taken when its last byte has come, and no earlier", "[sip]") {
    const auto first = Request("OPTIONS", "Content-Length: 2\r\n", "hi");
    const auto both = first + Request("OPTIONS", "Content-Length: 0\r\n");
    for (size_t size = 1; size < first.size(); ++size) {
        REQUIRE(ParseStream(std::string_view(both).substr(0, size)).consumed == 0);
    }
    const auto parsed = ParseStream(both);
    CHECK(parsed.consumed == first.size());
    CHECK(parsed.parsed.verdict == Verdict::kAccept);
    CHECK(parsed.parsed.message.body() == "hi");
    CHECK(ParseStream(std::string_view(both).substr(first.size())).parsed.verdict == Verdict::kAccept);
}

TEST_CASE("stream: two line ends are a ping, one is skipped before a message", "[sip]") {
    CHECK(ParseStream("\r").consumed == 0);
    CHECK(ParseStream("\r\n").consumed == 0);
    const auto ping = ParseStream("\r\n\r\nOPTIONS");
    CHECK(ping.consumed == 4);
    CHECK(ping.is_keep_alive);
    const auto text = "\r\n" + Request("OPTIONS", "Content-Length: 0\r\n");
    CHECK(ParseStream(text).consumed == text.size());
    CHECK_FALSE(ParseStream(text).is_keep_alive);
}

TEST_CASE("stream: where the next message begins must be certain, else the stream is closed", "[sip]") {
    const auto* const header =
        GENERATE("", "Content-Length: -1\r\n", "Content-Length: 2\r\nl: 2\r\n", "Content-Length: 2, 2\r\n",
                 "Content-Length: 4294967328\r\n", "Content-Length: 18446744073709551616\r\n", "Content-Length: 1 \r\n",
                 "Content-Length: 0x1\r\n", "Content-Length:\r\n", "X: a\nContent-Length: 0\r\n");
    CAPTURE(header);
    const auto text = Request("OPTIONS", header, "hi");
    const auto parsed = ParseStream(text);
    CHECK(parsed.consumed == text.size());
    CHECK(parsed.parsed.verdict == Verdict::kReject);
    CHECK(parsed.parsed.status == 400);
    CHECK(parsed.parsed.close_stream);
}

TEST_CASE("stream: a malformed message inside sound framing does not close", "[sip]") {
    const auto parsed = ParseStream(Request("OPTIONS", "Content-Length: 0\r\nMax-Forwards: x\r\n"));
    CHECK(parsed.parsed.status == 400);
    CHECK_FALSE(parsed.parsed.close_stream);
}

TEST_CASE("stream: what cannot become a message is closed at once", "[sip]") {
    const auto text = GENERATE(as<std::string>(), "GET / HTTP/1.1\r\n", std::string(kMaxHeaderBytes + 1, 'x'));
    const auto parsed = ParseStream(text);
    CHECK(parsed.consumed == text.size());
    CHECK(parsed.parsed.verdict == Verdict::kDrop);
    CHECK(parsed.parsed.close_stream);
}

TEST_CASE("stream: more than a message may hold is 513 and closes", "[sip]") {
    CHECK(ParseStream(Request("OPTIONS", "Content-Length: 65537\r\n")).parsed.status == 513);
    CHECK(ParseStream(Request("OPTIONS", "Content-Length: 65530\r\n")).parsed.status == 513);
    std::string endless = "OPTIONS sip:a@b SIP/2.0\r\n" + std::string(kCore) + "CSeq: 1 OPTIONS\r\n";
    while (endless.size() <= kMaxMessageBytes) endless += "X: " + std::string(1000, 'x') + "\r\n";
    const auto parsed = ParseStream(endless);
    CHECK(parsed.parsed.status == 513);
    CHECK(parsed.parsed.close_stream);
    CHECK(parsed.consumed == endless.size());
}

TEST_CASE("stream: a request cut off by the peer is answered with 400", "[sip]") {
    const auto parsed = ParseTruncated(Request("OPTIONS", "Content-Length: 9999\r\n", "hi"));
    CHECK(parsed.verdict == Verdict::kReject);
    CHECK(parsed.status == 400);
    CHECK(parsed.close_stream);
    CHECK(ParseTruncated("OPTI").verdict == Verdict::kDrop);
    CHECK(ParseTruncated("OPTI").close_stream);
}

}  // namespace trunkline::sip

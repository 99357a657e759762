// Any bytes as a datagram and as a stream: what is accepted can be written and read again, and a stream that begins
// with a message yields the message that a datagram of its length would.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "require.hpp"
#include "sip/parser.hpp"
#include "sip/policy.hpp"

using trunkline::fuzz::Require;
using namespace trunkline::sip;

namespace {

const Capabilities kCapabilities{{"INVITE", "ACK", "BYE", "OPTIONS"}, {"100rel"}, {"application/sdp"}, {"sip"}};

// Another message is written with spaces where there were tabs, so the first writing is the measure.
void CheckAccepted(const Message& message) {
    const auto text = message.ToString();
    const auto again = ParseDatagram(text);
    // Writing may lengthen a message, by a Content-Length for instance, beyond what is read.
    if (again.verdict == Parsed::Verdict::kReject && again.status == 513) return;
    Require(again.verdict == Parsed::Verdict::kAccept, "an accepted message is accepted again");
    Require(again.message.ToString() == text, "an accepted message is written the same again");
    Require(message.TopVia().ok() && message.From().ok() && message.To().ok() && message.Sequence().ok(),
            "an accepted message has sound headers");
    if (message.IsRequest() && !CheckRequest(message, kCapabilities)) {
        const auto response = ParseDatagram(MakeResponse(message, 200, "OK", "tag").ToString());
        Require(response.verdict == Parsed::Verdict::kAccept, "the response to an accepted request is sound");
    }
}

void CheckStream(std::string_view bytes) {
    const auto stream = ParseStream(bytes);
    Require(stream.consumed <= bytes.size(), "no more is consumed than there is");
    if (stream.consumed == 0) {
        if (!bytes.empty()) Require(ParseTruncated(bytes).close_stream, "a truncated stream is closed");
        return;
    }
    if (stream.parsed.verdict != Parsed::Verdict::kAccept) return;
    const auto datagram = ParseDatagram(bytes.substr(0, stream.consumed));
    Require(datagram.message.ToString() == stream.parsed.message.ToString(), "stream and datagram agree");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto parsed = ParseDatagram(bytes);
    if (parsed.verdict == Parsed::Verdict::kAccept) CheckAccepted(parsed.message);
    if (parsed.verdict == Parsed::Verdict::kReject) {
        Require(parsed.status >= 400 && !parsed.reason.empty(), "a rejection says why");
        MakeResponse(parsed.message, parsed.status, parsed.reason, "tag").ToString();
    }
    CheckStream(bytes);
    return 0;
}

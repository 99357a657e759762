// Framing of datagrams and streams (RFC 3261 sections 7.5 and 18.3), and the verdict on what was framed.
#include "sip/parser.hpp"

#include <algorithm>

#include "sip/checks.hpp"
#include "sip/reader.hpp"
#include "sip/text.hpp"

namespace trunkline::sip {
namespace {

constexpr std::string_view kHeadEnd = "\r\n\r\n";

// Turns what was read into a verdict. Only a request can be answered, an ACK never is, and without a Via nobody could
// tell what the answer belongs to.
Parsed Judge(MessageReader reader) {
    Parsed parsed;
    if (!reader.is_sip) return parsed;
    if (!reader.fault) reader.fault = FindFault(reader.message);
    parsed.close_stream = reader.is_framing_lost;
    parsed.message = std::move(reader.message);
    if (!reader.fault) {
        parsed.verdict = Parsed::Verdict::kAccept;
    } else if (reader.is_request && parsed.message.method() != "ACK" && !parsed.message.Get("Via").empty()) {
        parsed.verdict = Parsed::Verdict::kReject;
        parsed.status = reader.fault->status;
        parsed.reason = std::move(reader.fault->reason);
    }
    return parsed;
}

// The head without its empty line; all of `bytes` while that has not come.
std::string_view HeadOf(std::string_view bytes) {
    const size_t end = bytes.find(kHeadEnd);
    return end == std::string_view::npos ? bytes : bytes.substr(0, end + 2);
}

std::string_view WithoutLeadingLineEnds(std::string_view bytes) {
    while (bytes.substr(0, 2) == "\r\n") bytes.remove_prefix(2);
    return bytes;
}

// A stream that cannot be followed further: everything is taken, and the stream is closed.
StreamParsed Lost(size_t buffered, MessageReader reader) {
    StreamParsed result;
    result.consumed = buffered;
    result.parsed = Judge(std::move(reader));
    result.parsed.close_stream = true;
    return result;
}

// Called while the empty line has not come: goes on waiting as long as this can still become a message.
StreamParsed AwaitHead(std::string_view rest, size_t buffered) {
    const size_t newline = rest.find('\n');
    const bool has_line = newline != std::string_view::npos;
    const bool is_hopeless = has_line ? !IsSipStartLine(rest.substr(0, newline)) : rest.size() > kMaxHeaderBytes;
    if (is_hopeless) return Lost(buffered, {});
    if (rest.size() <= kMaxMessageBytes) return {};
    MessageReader reader;
    reader.NoteFraming(513, "Message Too Large");
    reader.ReadHead(rest.substr(0, kMaxMessageBytes));
    return Lost(buffered, std::move(reader));
}

}  // namespace

Parsed ParseDatagram(std::string_view bytes) {
    bytes = WithoutLeadingLineEnds(bytes);
    const auto head = HeadOf(bytes);
    MessageReader reader;
    if (bytes.size() > kMaxMessageBytes) reader.NoteFraming(513, "Message Too Large");
    reader.ReadHead(head.substr(0, kMaxMessageBytes));
    if (head.size() == bytes.size()) {
        reader.Note(400, "Missing Empty Line");
        return Judge(std::move(reader));
    }
    const auto body = bytes.substr(head.size() + 2);
    const auto length = reader.ReadLength();
    if (length && *length > body.size()) reader.Note(400, "Content-Length Exceeds Datagram");
    if (!reader.fault) reader.TakeBody(body.substr(0, length.value_or(body.size())));
    return Judge(std::move(reader));
}

StreamParsed ParseStream(std::string_view buffer) {
    if (buffer.substr(0, kHeadEnd.size()) == kHeadEnd) return {kHeadEnd.size(), true, {}};
    // One line end may stand before a start line; it may also be the first half of a ping.
    const auto rest = WithoutLeadingLineEnds(buffer);
    if (rest.empty() || rest == "\r") return {};
    const auto head = HeadOf(rest);
    if (head.size() == rest.size()) return AwaitHead(rest, buffer.size());
    MessageReader reader;
    reader.ReadHead(head.substr(0, kMaxMessageBytes));
    const auto length = reader.ReadLength();
    if (!length) reader.NoteFraming(400, "Missing Content-Length");
    const size_t total = head.size() + 2 + length.value_or(0);
    if (total > kMaxMessageBytes) reader.NoteFraming(513, "Message Too Large");
    if (!reader.is_sip || reader.is_framing_lost) return Lost(buffer.size(), std::move(reader));
    if (rest.size() < total) return {};
    reader.TakeBody(rest.substr(head.size() + 2, *length));
    return {buffer.size() - rest.size() + total, false, Judge(std::move(reader))};
}

Parsed ParseTruncated(std::string_view buffer) {
    const auto rest = WithoutLeadingLineEnds(buffer);
    MessageReader reader;
    reader.ReadHead(HeadOf(rest).substr(0, kMaxMessageBytes));
    reader.NoteFraming(400, "Incomplete Message");
    Parsed parsed = Judge(std::move(reader));
    parsed.close_stream = true;
    return parsed;
}

}  // namespace trunkline::sip

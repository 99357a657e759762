// Reading SIP from the wire. What is wrong is judged here once, so that no later code meets a malformed message.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "sip/message.hpp"

namespace trunkline::sip {

// Limits of what is read (reliability S3).
inline constexpr size_t kMaxMessageBytes = 65536;
inline constexpr size_t kMaxHeaderBytes = 8192;
inline constexpr size_t kMaxHeaders = 256;
inline constexpr size_t kMaxValues = 64;  // of one header: Vias, Contacts, Routes ...
inline constexpr size_t kMaxParams = 64;  // of one value or URI

// What came of reading one message.
struct Parsed {
    enum class Verdict {
        kAccept,  // `message` is sound
        kReject,  // a request that must be answered with `status`; `message` holds what could be read for the answer
        kDrop,    // nothing to answer: not SIP, an unusable response, an ACK that is wrong
    };
    Verdict verdict = Verdict::kDrop;
    Message message;
    int status = 0;             // for kReject: 400, 416, 420, 505 ...
    std::string reason;         // reason phrase of the answer; names the header at fault
    std::string extra_header;   // "Unsupported: foo" and the like, may be empty
    bool close_stream = false;  // over a stream transport framing is lost: answer, then close
};

// One datagram (RFC 3261 section 18.3: bytes behind Content-Length are ignored, too few is 400).
Parsed ParseDatagram(std::string_view bytes);

// One message at the start of a stream's buffer. `consumed` is 0 while the message is incomplete.
struct StreamParsed {
    size_t consumed = 0;
    bool is_keep_alive = false;  // CRLF CRLF ping (RFC 5626 section 4.4.1)
    Parsed parsed;
};
StreamParsed ParseStream(std::string_view buffer);

// What ParseStream still waited for when the peer shut its side or took too long: a request is answered with 400, and
// the stream is closed in any case. Not to be called with an empty buffer.
Parsed ParseTruncated(std::string_view buffer);

}  // namespace trunkline::sip

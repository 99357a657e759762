// Reads the head of a message: start line and headers (RFC 3261 sections 7.1 to 7.3). It goes on behind a fault,
// because the answer to a broken request needs the headers behind it too.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "sip/checks.hpp"
#include "sip/message.hpp"

namespace trunkline::sip {

// Does this first line, without its line end, belong to a SIP message of any version?
bool IsSipStartLine(std::string_view line);

struct MessageReader {
    Message message;
    bool is_sip = false;
    bool is_request = false;
    bool is_framing_lost = false;  // where the message ends is not certain
    std::optional<Fault> fault;    // the first one

    // `head` ends behind the last header's line end; the empty line is not part of it.
    void ReadHead(std::string_view head);
    // Notes a fault unless there is one already.
    void Note(int status, std::string reason);
    // The same for a fault after which nobody can tell where the next message of a stream begins.
    void NoteFraming(int status, std::string reason);
    // The one Content-Length, if there is one and it is sound.
    std::optional<size_t> ReadLength();
    void TakeBody(std::string_view body) { message.body_ = body; }

 private:
    void ReadStartLine(std::string_view line);
    void ReadRequestLine(std::string_view line);
    void ReadStatusLine(std::string_view line);
    void ReadHeader(std::string_view line);
};

}  // namespace trunkline::sip

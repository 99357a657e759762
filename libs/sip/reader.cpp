// Start line and headers of a message (RFC 3261 sections 7.1 to 7.3).
#include "sip/reader.hpp"

#include <algorithm>

#include "sip/header_name.hpp"
#include "sip/parser.hpp"
#include "sip/text.hpp"

namespace trunkline::sip {
namespace {

constexpr std::string_view kVersion = "SIP/2.0";

bool IsBlank(char c) { return c == ' ' || c == '\t'; }

// SIP-Version = "SIP" "/" 1*DIGIT "." 1*DIGIT
bool IsVersion(std::string_view text) {
    if (!EqualsIgnoreCase(text.substr(0, 4), "SIP/")) return false;
    Cursor cursor(text.substr(4));
    return !cursor.TakeWhile(IsDigit).empty() && cursor.Take('.') && !cursor.TakeWhile(IsDigit).empty() &&
           cursor.AtEnd();
}

// Control characters other than tab stand only behind the backslash of a quoted-pair.
bool HasStrayControl(std::string_view line) {
    for (size_t at = 0; at < line.size(); ++at) {
        const char c = line[at];
        if (c == '\\' && at + 1 < line.size() && line[at + 1] != '\r') {
            ++at;
        } else if ((c >= 0 && c < ' ' && c != '\t') || c == '\x7f') {
            return true;
        }
    }
    return false;
}

// The next line of `text` without its end, which is taken off `text`; `is_sound` is false when the end is not CRLF.
std::string_view NextLine(std::string_view& text, bool& is_sound) {
    const size_t newline = text.find('\n');
    auto line = text.substr(0, newline);
    text.remove_prefix(newline == std::string_view::npos ? text.size() : newline + 1);
    is_sound = newline != std::string_view::npos && !line.empty() && line.back() == '\r';
    if (is_sound) line.remove_suffix(1);
    return line;
}

}  // namespace

bool IsSipStartLine(std::string_view line) {
    if (EqualsIgnoreCase(line.substr(0, 4), "SIP/")) return true;
    const auto trimmed = Trim(line);
    const size_t space = trimmed.rfind(' ');
    return space != std::string_view::npos && IsVersion(trimmed.substr(space + 1));
}

void MessageReader::Note(int status, std::string reason) {
    if (!fault) fault = Fault{status, std::move(reason)};
}

void MessageReader::NoteFraming(int status, std::string reason) {
    is_framing_lost = true;
    Note(status, std::move(reason));
}

void MessageReader::ReadHead(std::string_view head) {
    bool is_sound_end = true;
    ReadStartLine(NextLine(head, is_sound_end));
    if (!is_sip) return;
    if (!is_sound_end) NoteFraming(400, "Line Without CRLF");
    std::string header;
    size_t count = 0;
    while (!head.empty()) {
        const auto line = NextLine(head, is_sound_end);
        if (!is_sound_end) NoteFraming(400, "Line Without CRLF");
        if (HasStrayControl(line)) Note(400, "Control Character In Header");
        const bool is_fold = !line.empty() && IsBlank(line.front());
        if (is_fold && count == 0) Note(400, "Folded Start Line");
        if (!is_fold) {
            if (count > 0) ReadHeader(header);
            if (++count > kMaxHeaders) return NoteFraming(400, "Too Many Headers");
            header = line;
        } else {
            // A fold is worth one space (RFC 3261 section 7.3.1).
            header.append(" ").append(Trim(line));
        }
    }
    if (count > 0) ReadHeader(header);
}

void MessageReader::ReadStartLine(std::string_view line) {
    is_sip = IsSipStartLine(line);
    if (!is_sip) return;
    is_request = !EqualsIgnoreCase(line.substr(0, 4), "SIP/");
    if (HasStrayControl(line)) Note(400, "Control Character In Start Line");
    if (is_request) {
        ReadRequestLine(line);
    } else {
        ReadStatusLine(line);
    }
}

// Request-Line = Method SP Request-URI SP SIP-Version, with exactly these two spaces.
void MessageReader::ReadRequestLine(std::string_view line) {
    const auto trimmed = Trim(line);
    const auto version = trimmed.substr(trimmed.rfind(' ') + 1);
    if (!EqualsIgnoreCase(version, kVersion)) Note(505, "Version Not Supported");
    if (line.size() > kMaxHeaderBytes) return NoteFraming(400, "Request Line Too Long");
    const size_t first = line.find(' ');
    const size_t last = line.rfind(' ');
    message.method_ = line.substr(0, first);
    if (!IsToken(message.method_) || first == last || trimmed.size() != line.size()) {
        return Note(400, "Malformed Request-Line");
    }
    auto uri = ParseUri(line.substr(first + 1, last - first - 1));
    if (!uri) return Note(400, "Malformed Request-URI");
    message.uri_ = std::move(*uri);
}

// Status-Line = SIP-Version SP Status-Code SP Reason-Phrase
void MessageReader::ReadStatusLine(std::string_view line) {
    const auto code = ParseNumber(line.substr(std::min(line.size(), kVersion.size() + 1), 3), 699);
    const bool is_sound = line.size() >= 12 && EqualsIgnoreCase(line.substr(0, kVersion.size()), kVersion) &&
                          line[7] == ' ' && code && *code >= 100 && line[11] == ' ';
    if (!is_sound) return Note(400, "Malformed Status-Line");
    message.status_ = static_cast<int>(*code);
    message.reason_ = line.substr(12);
}

void MessageReader::ReadHeader(std::string_view line) {
    if (line.size() > kMaxHeaderBytes) return NoteFraming(400, "Header Too Long");
    const size_t colon = line.find(':');
    const auto name = Trim(line.substr(0, colon));
    if (colon == std::string_view::npos || !IsToken(name) || IsBlank(line.front())) {
        return Note(400, "Malformed Header Line");
    }
    message.Add(name, std::string(Trim(line.substr(colon + 1))));
    // Elements that read this length differently would see different messages, so nothing may follow its digits.
    if (IsBlank(line.back()) && message.headers_.back().name == "Content-Length") {
        NoteFraming(400, "Malformed Content-Length");
    }
}

std::optional<size_t> MessageReader::ReadLength() {
    const auto values = message.GetList("Content-Length");
    if (message.Find("Content-Length") == nullptr) return std::nullopt;
    const auto length = values.size() == 1 ? ParseNumber(values.front(), UINT32_MAX) : std::nullopt;
    if (!length) {
        NoteFraming(400, "Malformed Content-Length");
        return std::nullopt;
    }
    if (*length > kMaxMessageBytes) {
        NoteFraming(513, "Message Too Large");
        return std::nullopt;
    }
    return static_cast<size_t>(*length);
}

}  // namespace trunkline::sip

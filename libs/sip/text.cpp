// The terminals of SIP's grammar (RFC 3261 section 25.1).
#include "sip/text.hpp"

#include <algorithm>
#include <array>

#include "sip/host.hpp"
#include "sip/parser.hpp"

namespace trunkline::sip {
namespace {

using CharClass = std::array<bool, 256>;

// Letters, digits and `marks` in a table: every byte of a message passes here several times.
constexpr CharClass AlphanumericAnd(std::string_view marks) {
    CharClass members{};
    for (int c = '0'; c <= '9'; ++c) members[static_cast<size_t>(c)] = true;
    for (int c = 'a'; c <= 'z'; ++c) members[static_cast<size_t>(c)] = true;
    for (int c = 'A'; c <= 'Z'; ++c) members[static_cast<size_t>(c)] = true;
    for (const char c : marks) members[static_cast<unsigned char>(c)] = true;
    return members;
}
constexpr CharClass kTokenChars = AlphanumericAnd("-.!%*_+`'~");
constexpr CharClass kUnreservedChars = AlphanumericAnd("-_.!~*'()");

char LowerChar(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }
char UpperChar(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c; }
bool IsSpace(char c) { return c == ' ' || c == '\t'; }

// Where the next comma outside quotes and angle brackets stands, or the end.
size_t FindComma(std::string_view text, size_t at) {
    bool in_quotes = false;
    bool in_brackets = false;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (in_quotes) {
            if (c == '\\') {
                ++at;
            } else if (c == '"') {
                in_quotes = false;
            }
        } else if (c == '"' && !in_brackets) {
            in_quotes = true;
        } else if (c == '<') {
            in_brackets = true;
        } else if (c == '>') {
            in_brackets = false;
        } else if (c == ',' && !in_brackets) {
            return at;
        }
    }
    return text.size();
}

// gen-value = token / host / quoted-string, and the bare IPv6 address that Via's "received" may carry.
bool ReadParamValue(Cursor& cursor, Param& param) {
    if (cursor.Peek() == '"') {
        auto quoted = cursor.TakeQuoted();
        if (!quoted) return false;
        param.value = std::move(*quoted);
        return true;
    }
    param.value = cursor.TakeWhile([](char c) { return IsTokenChar(c) || c == '[' || c == ']' || c == ':'; });
    if (IsToken(param.value) || IsHost(param.value)) return true;
    return EqualsIgnoreCase(param.name, "received") && IsIpv6(param.value);
}

}  // namespace

bool IsAlpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsTokenChar(char c) { return kTokenChars[static_cast<unsigned char>(c)]; }

bool IsToken(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), IsTokenChar); }

bool EqualsIgnoreCase(std::string_view a, std::string_view b) {
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return LowerChar(x) == LowerChar(y); });
}

std::string ToLower(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(), LowerChar);
    return lower;
}

std::string ToUpper(std::string_view text) {
    std::string upper(text);
    std::transform(upper.begin(), upper.end(), upper.begin(), UpperChar);
    return upper;
}

std::string_view Trim(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r\n";
    const size_t first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::optional<uint64_t> ParseNumber(std::string_view text, uint64_t max) {
    if (text.empty()) return std::nullopt;
    uint64_t number = 0;
    for (const char c : text) {
        if (!IsDigit(c)) return std::nullopt;
        const auto digit = static_cast<uint64_t>(c - '0');
        if (number > max / 10 || number * 10 > max - digit) return std::nullopt;
        number = number * 10 + digit;
    }
    return number;
}

int HexDigit(char c) {
    if (IsDigit(c)) return c - '0';
    const char lower = LowerChar(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool IsUriText(std::string_view text, std::string_view extra) {
    for (size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '%') {
            if (at + 2 >= text.size() || HexDigit(text[at + 1]) < 0 || HexDigit(text[at + 2]) < 0) return false;
            at += 2;
        } else if (!kUnreservedChars[static_cast<unsigned char>(c)] && extra.find(c) == std::string_view::npos) {
            return false;
        }
    }
    return true;
}

std::vector<std::string_view> SplitList(std::string_view text) {
    std::vector<std::string_view> elements;
    if (Trim(text).empty()) return elements;
    for (size_t at = 0;;) {
        const size_t comma = FindComma(text, at);
        elements.push_back(Trim(text.substr(at, comma - at)));
        if (comma == text.size()) return elements;
        at = comma + 1;
    }
}

std::string_view FirstElement(std::string_view text) { return Trim(text.substr(0, FindComma(text, 0))); }

std::string Quote(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) {
        const bool is_control = (c >= 0 && c < ' ' && c != '\t') || c == '\x7f';
        // No escape can carry a line end (quoted-pair excludes CR and LF).
        if (c == '\r' || c == '\n') continue;
        if (c == '"' || c == '\\' || is_control) quoted += '\\';
        quoted += c;
    }
    return quoted + '"';
}

Error Malformed(std::string_view what) {
    return Error{Code::kInvalidArgument, "SIP_MALFORMED", std::string(what) + " is not well formed"};
}

bool Cursor::SkipSpace() { return !TakeWhile(IsSpace).empty(); }

bool Cursor::Take(char c) {
    if (AtEnd() || text_[at_] != c) return false;
    ++at_;
    return true;
}

bool Cursor::TakeSpaced(char c) {
    const size_t start = at_;
    SkipSpace();
    if (!Take(c)) {
        at_ = start;
        return false;
    }
    SkipSpace();
    return true;
}

std::optional<std::string_view> Cursor::TakeUntil(char end) {
    const size_t found = text_.find(end, at_);
    if (found == std::string_view::npos) return std::nullopt;
    const auto taken = text_.substr(at_, found - at_);
    at_ = found + 1;
    return taken;
}

std::optional<std::string> Cursor::TakeQuoted() {
    if (Peek() != '"') return std::nullopt;
    std::string content;
    for (size_t at = at_ + 1; at < text_.size(); ++at) {
        if (text_[at] == '"') {
            at_ = at + 1;
            return content;
        }
        if (text_[at] == '\\' && ++at == text_.size()) break;
        // Folds were removed, and no escape may carry a line end.
        if (text_[at] == '\r' || text_[at] == '\n') break;
        content += text_[at];
    }
    return std::nullopt;
}

bool ReadHeaderParams(Cursor& cursor, Params& params) {
    while (cursor.TakeSpaced(';')) {
        Param param{std::string(cursor.TakeToken()), ""};
        if (param.name.empty() || params.size() == kMaxParams) return false;
        if (cursor.TakeSpaced('=') && !ReadParamValue(cursor, param)) return false;
        params.push_back(std::move(param));
    }
    cursor.SkipSpace();
    return cursor.AtEnd();
}

std::string WriteHeaderParams(const Params& params) {
    std::string text;
    for (const Param& param : params) {
        text += ';' + param.name;
        if (param.value.empty()) continue;
        const bool is_bare = IsToken(param.value) || IsHost(param.value) || IsIpv6(param.value);
        text += '=' + (is_bare ? param.value : Quote(param.value));
    }
    return text;
}

size_t CountParam(const Params& params, std::string_view name) {
    return static_cast<size_t>(std::count_if(
        params.begin(), params.end(), [name](const Param& param) { return EqualsIgnoreCase(param.name, name); }));
}

}  // namespace trunkline::sip

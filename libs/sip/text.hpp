// The terminals of SIP's grammar (RFC 3261 section 25.1) and a cursor that reads them. Used by the parsers of this
// library only; pure functions, safe from any thread.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "result/result.hpp"
#include "sip/message.hpp"

namespace trunkline::sip {

bool IsAlpha(char c);
bool IsDigit(char c);
bool IsTokenChar(char c);
// Is the whole text one `token`, at least one character long?
bool IsToken(std::string_view text);
// Header names, schemes and parameter names compare without case (ASCII only).
bool EqualsIgnoreCase(std::string_view a, std::string_view b);
std::string ToLower(std::string_view text);
std::string ToUpper(std::string_view text);
// Without spaces, tabs and line ends at both ends.
std::string_view Trim(std::string_view text);
// A decimal number without sign, at most `max`; nothing for anything else, the empty text included.
std::optional<uint64_t> ParseNumber(std::string_view text, uint64_t max);
// The value of one hexadecimal digit, or -1.
int HexDigit(char c);
// Every character is alphanumeric, a mark, one of `extra`, or part of a %-escape.
bool IsUriText(std::string_view text, std::string_view extra);

// The elements of a comma list, trimmed. Commas within quotes and angle brackets do not split; an element between two
// commas is kept though empty, and a blank text has no elements.
std::vector<std::string_view> SplitList(std::string_view text);
// The first of them.
std::string_view FirstElement(std::string_view text);

// `text` as a quoted-string, escaped where it must be.
std::string Quote(std::string_view text);

// Code kInvalidArgument, reason SIP_MALFORMED; `what` names the thing that is not well formed.
Error Malformed(std::string_view what);

// Reads terminals from left to right. A Take that fails leaves the cursor where it was.
class Cursor {
 public:
    explicit Cursor(std::string_view text) : text_(text) {}

    bool AtEnd() const { return at_ == text_.size(); }
    char Peek() const { return AtEnd() ? '\0' : text_[at_]; }
    std::string_view Rest() const { return text_.substr(at_); }
    // Skips spaces and tabs (folds were removed when the header was read); true if there was one.
    bool SkipSpace();
    bool Take(char c);
    // A separator with optional space on both sides, such as SEMI or EQUAL.
    bool TakeSpaced(char c);
    // The longest run of characters that `accept` takes, maybe empty.
    template <class Accept>
    std::string_view TakeWhile(Accept accept) {
        const size_t start = at_;
        while (at_ < text_.size() && accept(text_[at_])) ++at_;
        return text_.substr(start, at_ - start);
    }
    std::string_view TakeToken() { return TakeWhile(IsTokenChar); }
    // Everything before `end`, which is taken too; nothing when `end` does not follow.
    std::optional<std::string_view> TakeUntil(char end);
    // The content of a quoted-string with its escapes removed.
    std::optional<std::string> TakeQuoted();

 private:
    std::string_view text_;
    size_t at_ = 0;
};

// *( SEMI generic-param ) up to the end of the text; false when something else stands there.
bool ReadHeaderParams(Cursor& cursor, Params& params);
// The same parameters on the wire, each with its ";".
std::string WriteHeaderParams(const Params& params);
// How many parameters have that name; more than one makes a tag or a branch ambiguous.
size_t CountParam(const Params& params, std::string_view name);

}  // namespace trunkline::sip

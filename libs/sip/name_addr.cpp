// name-addr and addr-spec with header parameters (RFC 3261 sections 20.10, 20.20, 25.1).
#include "sip/message.hpp"
#include "sip/text.hpp"

namespace trunkline::sip {
namespace {

// *( token LWS ) before "<"; the text between the tokens is kept as it is.
std::string_view TakeDisplayTokens(Cursor& cursor) {
    return cursor.TakeWhile([](char c) { return IsTokenChar(c) || c == ' ' || c == '\t'; });
}

// addr-spec ends at its header parameters. A comma, a semicolon or a question mark would need angle brackets (RFC 3261
// section 20), so a "?" here is an error and not a header of the URI.
Result<Uri> ReadAddrSpec(Cursor& cursor) {
    const auto text = cursor.TakeWhile([](char c) { return c != ';' && c != ' ' && c != '\t'; });
    if (text.find_first_of("?,") != std::string_view::npos) return Malformed("An address without angle brackets");
    return ParseUri(text);
}

bool HasSoundTag(const Params& params) {
    const std::string* tag = FindParam(params, "tag");
    return tag == nullptr || (IsToken(*tag) && CountParam(params, "tag") == 1);
}

}  // namespace

Result<NameAddr> ParseNameAddr(std::string_view text) {
    NameAddr address;
    text = Trim(text);
    Cursor cursor(text);
    if (cursor.Peek() == '"') {
        auto quoted = cursor.TakeQuoted();
        if (!quoted) return Malformed("The quoted display name");
        address.display = std::move(*quoted);
        cursor.SkipSpace();
        if (cursor.Peek() != '<') return Malformed("The address behind the display name");
    } else if (const auto tokens = TakeDisplayTokens(cursor); cursor.Peek() == '<') {
        address.display = Trim(tokens);
    } else {
        cursor = Cursor(text);
    }
    Result<Uri> uri = Malformed("The address");
    if (cursor.Take('<')) {
        const auto inner = cursor.TakeUntil('>');
        if (inner) uri = ParseUri(*inner);
    } else {
        uri = ReadAddrSpec(cursor);
    }
    if (!uri) return uri.error();
    address.uri = std::move(*uri);
    if (!ReadHeaderParams(cursor, address.params)) return Malformed("A parameter of the address");
    if (!HasSoundTag(address.params)) return Malformed("The tag of the address");
    return address;
}

std::string NameAddr::Tag() const {
    const std::string* tag = FindParam(params, "tag");
    return tag == nullptr ? std::string() : *tag;
}

std::string NameAddr::ToString() const {
    const std::string name = display.empty() ? std::string() : Quote(display) + ' ';
    return name + '<' + uri.ToString() + '>' + WriteHeaderParams(params);
}

}  // namespace trunkline::sip

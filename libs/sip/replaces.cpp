// Reading and writing Replaces (RFC 3891 section 6.1).
#include "sip/replaces.hpp"

#include <cctype>

namespace trunkline::sip {

namespace {
std::string_view Trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

// What may stand unescaped in the header part of a URI (RFC 3261 section 25.1: hvalue).
std::string EscapeHeaderValue(std::string_view text) {
    static constexpr std::string_view kPlain = "[]/?:+$-_.!~*'()";
    static constexpr char kHex[] = "0123456789ABCDEF";
    std::string out;
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        if (std::isalnum(byte) || kPlain.find(letter) != std::string_view::npos) {
            out += letter;
        } else {
            out.append(1, '%').append(1, kHex[byte >> 4]).append(1, kHex[byte & 15]);
        }
    }
    return out;
}
}  // namespace

std::string Replaces::ToString() const {
    return call_id + ";to-tag=" + to_tag + ";from-tag=" + from_tag + (early_only ? ";early-only" : "");
}

Result<Replaces> ParseReplaces(std::string_view text) {
    Replaces replaces;
    bool first = true;
    while (!text.empty() || first) {
        const size_t end = std::min(text.find(';'), text.size());
        const std::string_view part = Trim(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (first) {
            replaces.call_id = part;
            first = false;
            continue;
        }
        const size_t equals = part.find('=');
        const std::string_view name = Trim(part.substr(0, equals));
        const std::string_view value = equals == std::string_view::npos ? "" : Trim(part.substr(equals + 1));
        if (name == "to-tag") replaces.to_tag = value;
        if (name == "from-tag") replaces.from_tag = value;
        if (name == "early-only") replaces.early_only = true;
    }
    if (replaces.call_id.empty() || replaces.to_tag.empty() || replaces.from_tag.empty()) {
        return Error{Code::kInvalidArgument, "REPLACES_MALFORMED",
                     "Replaces needs a Call-ID, a to-tag and a from-tag."};
    }
    return replaces;
}

NameAddr MakeReferTo(Uri target, const Replaces& replaces) {
    NameAddr refer_to;
    refer_to.uri = std::move(target);
    refer_to.uri.headers = "Replaces=" + EscapeHeaderValue(replaces.ToString());
    return refer_to;
}

}  // namespace trunkline::sip

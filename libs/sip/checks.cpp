// The sanity of a message: one table of headers, how often each may come and what its value must look like.
#include "sip/checks.hpp"

#include <algorithm>
#include <array>

#include "sip/digest.hpp"
#include "sip/parser.hpp"
#include "sip/text.hpp"

namespace trunkline::sip {
namespace {

enum class Occurs { kMany, kOnce, kAlwaysOnce, kAlways };

struct Rule {
    std::string_view name;
    Occurs occurs;
    bool (*is_sound)(std::string_view value);  // of one element when `is_list`, else of the whole value
    bool is_list;
};

// word: what a Call-ID is made of, beside the token (RFC 3261 section 25.1).
bool IsWord(std::string_view text) {
    static constexpr std::string_view kWordMarks = "()<>:\\\"/[]?{}";
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return IsTokenChar(c) || kWordMarks.find(c) != std::string_view::npos;
    });
}

bool IsCallId(std::string_view value) {
    const size_t at = value.find('@');
    return IsWord(value.substr(0, at)) && (at == std::string_view::npos || IsWord(value.substr(at + 1)));
}

bool IsVia(std::string_view value) { return ParseVia(value).ok(); }
bool IsSequence(std::string_view value) { return ParseCSeq(value).ok(); }
bool IsAddress(std::string_view value) { return ParseNameAddr(value).ok(); }
bool IsContact(std::string_view value) { return value == "*" || IsAddress(value); }
bool IsHops(std::string_view value) { return ParseNumber(value, 255).has_value(); }
// A number too large for its meaning counts as "not given" (RFC 3261 section 10.2.1.1), so only its form matters here.
bool IsSeconds(std::string_view value) { return !value.empty() && std::all_of(value.begin(), value.end(), IsDigit); }
bool IsSequenceNumber(std::string_view value) { return ParseNumber(value, UINT32_MAX).has_value(); }

// route-param = name-addr: the angle brackets are not optional.
bool IsRoute(std::string_view value) { return value.find('<') != std::string_view::npos && IsAddress(value); }

bool HasTokenThenParams(std::string_view value) {
    Cursor cursor(value);
    Params params;
    return !cursor.TakeToken().empty() && ReadHeaderParams(cursor, params);
}

bool IsSecondsThenParams(std::string_view value) {
    Cursor cursor(value);
    Params params;
    return !cursor.TakeWhile(IsDigit).empty() && ReadHeaderParams(cursor, params);
}

bool IsMediaType(std::string_view value) {
    Cursor cursor(value);
    Params params;
    return !cursor.TakeToken().empty() && cursor.TakeSpaced('/') && !cursor.TakeToken().empty() &&
           ReadHeaderParams(cursor, params);
}

// Credentials of another kind are sound, they only open nothing.
bool IsCredentials(std::string_view value) {
    const auto credentials = ParseCredentials(value);
    return credentials.ok() || credentials.error().code == Code::kUnimplemented;
}

// Two Call-IDs with tags, "call-id;to-tag=a;from-tag=b" (RFC 3891 section 6.1).
bool IsReplaces(std::string_view value) {
    const size_t semicolon = value.find(';');
    if (!IsCallId(Trim(value.substr(0, semicolon))) || semicolon == std::string_view::npos) return false;
    Cursor cursor(value.substr(semicolon));
    Params params;
    return ReadHeaderParams(cursor, params) && CountParam(params, "to-tag") == 1 && CountParam(params, "from-tag") == 1;
}

constexpr Rule kRules[] = {
    {"Via", Occurs::kAlways, IsVia, true},
    {"From", Occurs::kAlwaysOnce, IsAddress, false},
    {"To", Occurs::kAlwaysOnce, IsAddress, false},
    {"Call-ID", Occurs::kAlwaysOnce, IsCallId, false},
    {"CSeq", Occurs::kAlwaysOnce, IsSequence, false},
    {"Max-Forwards", Occurs::kOnce, IsHops, false},
    {"Contact", Occurs::kMany, IsContact, true},
    {"Route", Occurs::kMany, IsRoute, true},
    {"Record-Route", Occurs::kMany, IsRoute, true},
    {"Content-Type", Occurs::kOnce, IsMediaType, false},
    {"Content-Encoding", Occurs::kMany, IsToken, true},
    {"Content-Disposition", Occurs::kOnce, HasTokenThenParams, false},
    {"Expires", Occurs::kOnce, IsSeconds, false},
    {"Require", Occurs::kMany, IsToken, true},
    {"Proxy-Require", Occurs::kMany, IsToken, true},
    {"Authorization", Occurs::kMany, IsCredentials, false},
    {"Proxy-Authorization", Occurs::kMany, IsCredentials, false},
    {"Event", Occurs::kOnce, HasTokenThenParams, false},
    {"Subscription-State", Occurs::kOnce, HasTokenThenParams, false},
    {"Session-Expires", Occurs::kOnce, IsSecondsThenParams, false},
    {"Min-SE", Occurs::kOnce, IsSecondsThenParams, false},
    {"RSeq", Occurs::kOnce, IsSequenceNumber, false},
    {"Refer-To", Occurs::kOnce, IsAddress, false},
    {"Replaces", Occurs::kOnce, IsReplaces, false},
};

bool IsRequired(Occurs occurs) { return occurs == Occurs::kAlwaysOnce || occurs == Occurs::kAlways; }
bool IsSingle(Occurs occurs) { return occurs == Occurs::kAlwaysOnce || occurs == Occurs::kOnce; }

// Counts the values of one header and checks them against its rule.
std::optional<Fault> CheckHeader(const Header& header, const Rule& rule, size_t& count) {
    if (!rule.is_list) {
        ++count;
        if (count > 1 && IsSingle(rule.occurs)) return Fault{400, "Duplicate " + header.name};
        if (count > kMaxValues) return Fault{400, "Too Many " + header.name};
        if (!rule.is_sound(header.value)) return Fault{400, "Malformed " + header.name};
        return std::nullopt;
    }
    const auto elements = SplitList(header.value);
    count += elements.size();
    if (count > kMaxValues) return Fault{400, "Too Many " + header.name};
    if (!std::all_of(elements.begin(), elements.end(), rule.is_sound)) return Fault{400, "Malformed " + header.name};
    return std::nullopt;
}

std::optional<Fault> CheckHeaders(const Message& message) {
    std::array<size_t, std::size(kRules)> counts{};
    std::optional<Fault> fault;
    for (const Header& header : message.headers()) {
        const auto* const rule = std::find_if(std::begin(kRules), std::end(kRules), [&header](const Rule& each) {
            return EqualsIgnoreCase(each.name, header.name);
        });
        if (rule == std::end(kRules)) continue;
        size_t& count = counts[static_cast<size_t>(rule - std::begin(kRules))];
        // Behind a fault, values are only counted: a missing header says more than a malformed one.
        if (fault) {
            ++count;
        } else {
            fault = CheckHeader(header, *rule, count);
        }
    }
    for (size_t at = 0; at < counts.size(); ++at) {
        if (counts[at] == 0 && IsRequired(kRules[at].occurs))
            return Fault{400, "Missing " + std::string(kRules[at].name)};
    }
    return fault;
}

// "*" stands alone and in REGISTER only (RFC 3261 section 10.2.2).
std::optional<Fault> CheckContacts(const Message& message) {
    const auto contacts = message.GetList("Contact");
    const bool has_star = std::find(contacts.begin(), contacts.end(), "*") != contacts.end();
    if (has_star && (contacts.size() > 1 || message.method() != "REGISTER")) return Fault{400, "Malformed Contact"};
    return std::nullopt;
}

bool IsKnownScheme(std::string_view scheme) { return scheme == "sip" || scheme == "sips" || scheme == "tel"; }

std::optional<Fault> CheckRequestLine(const Message& message) {
    if (message.Sequence()->method != message.method()) return Fault{400, "CSeq Method Mismatch"};
    // A Request-URI carries no headers (RFC 3261 section 19.1.1, table 1).
    if (!message.uri().headers.empty()) return Fault{400, "Headers In Request-URI"};
    if (!IsKnownScheme(message.uri().scheme)) return Fault{416, "Unsupported URI Scheme"};
    return std::nullopt;
}

}  // namespace

std::optional<Fault> FindFault(const Message& message) {
    if (auto fault = CheckHeaders(message)) return fault;
    if (auto fault = CheckContacts(message)) return fault;
    return message.IsRequest() ? CheckRequestLine(message) : std::nullopt;
}

}  // namespace trunkline::sip

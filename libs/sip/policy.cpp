// What a user agent refuses by what it can do (RFC 3261 sections 8.2.1 to 8.2.3).
#include "sip/policy.hpp"

#include <algorithm>

#include "sip/text.hpp"

namespace trunkline::sip {
namespace {

using Words = std::vector<std::string>;

// Every method of the IANA registry: refusing one of these is 405, any other 501.
constexpr std::string_view kRegisteredMethods[] = {"ACK",     "BYE",      "CANCEL",    "INFO",  "INVITE",
                                                   "MESSAGE", "NOTIFY",   "OPTIONS",   "PRACK", "PUBLISH",
                                                   "REFER",   "REGISTER", "SUBSCRIBE", "UPDATE"};

bool Contains(const Words& words, std::string_view word) {
    return std::any_of(words.begin(), words.end(),
                       [word](const std::string& each) { return EqualsIgnoreCase(each, word); });
}

std::string Join(const Words& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

std::optional<Refusal> CheckMethod(const Message& request, const Capabilities& capabilities) {
    const auto& methods = capabilities.methods;
    // Methods differ by case, unlike almost everything else (RFC 3261 section 7.1).
    if (std::find(methods.begin(), methods.end(), request.method()) != methods.end()) return std::nullopt;
    const bool is_registered = std::find(std::begin(kRegisteredMethods), std::end(kRegisteredMethods),
                                         request.method()) != std::end(kRegisteredMethods);
    Refusal refusal{501, "Not Implemented", {{"Allow", Join(methods)}}};
    if (is_registered) {
        refusal.status = 405;
        refusal.reason = "Method Not Allowed";
    }
    return refusal;
}

std::optional<Refusal> CheckSchemes(const Message& request, const Capabilities& capabilities) {
    const auto to = request.To();
    const bool is_address_known =
        request.method() != "REGISTER" || (to && Contains(capabilities.schemes, to->uri.scheme));
    if (Contains(capabilities.schemes, request.uri().scheme) && is_address_known) return std::nullopt;
    return Refusal{416, "Unsupported URI Scheme", {}};
}

std::optional<Refusal> CheckHops(const Message& request) {
    const bool is_spent = ParseNumber(request.Get("Max-Forwards"), 255) == 0U;
    if (!is_spent || request.method() == "OPTIONS") return std::nullopt;
    return Refusal{483, "Too Many Hops", {}};
}

// Proxy-Require is for proxies, but this is the last element there is, so an unknown tag would be served by nobody.
std::optional<Refusal> CheckExtensions(const Message& request, const Capabilities& capabilities) {
    if (request.method() == "CANCEL") return std::nullopt;
    Words unsupported;
    for (const auto* const header : {"Require", "Proxy-Require"}) {
        for (auto& tag : request.GetList(header)) {
            if (!Contains(capabilities.extensions, tag)) unsupported.push_back(std::move(tag));
        }
    }
    if (unsupported.empty()) return std::nullopt;
    return Refusal{420, "Bad Extension", {{"Unsupported", Join(unsupported)}}};
}

std::string MediaTypeOf(std::string_view value) { return ToLower(Trim(value.substr(0, value.find(';')))); }

bool IsBodyOptional(const Message& request) {
    const auto value = request.Get("Content-Disposition");
    const size_t semicolon = value.find(';');
    if (semicolon == std::string_view::npos) return false;
    Cursor cursor(value.substr(semicolon));
    Params params;
    const std::string* handling = ReadHeaderParams(cursor, params) ? FindParam(params, "handling") : nullptr;
    return handling != nullptr && EqualsIgnoreCase(*handling, "optional");
}

std::optional<Refusal> CheckBody(const Message& request, const Capabilities& capabilities) {
    if (request.body().empty() || IsBodyOptional(request)) return std::nullopt;
    const auto encodings = request.GetList("Content-Encoding");
    const bool is_plain = std::all_of(encodings.begin(), encodings.end(), [](const std::string& encoding) {
        return EqualsIgnoreCase(encoding, "identity");
    });
    if (!is_plain) return Refusal{415, "Unsupported Media Type", {{"Accept-Encoding", "identity"}}};
    if (Contains(capabilities.content_types, MediaTypeOf(request.Get("Content-Type")))) return std::nullopt;
    return Refusal{415, "Unsupported Media Type", {{"Accept", Join(capabilities.content_types)}}};
}

// The answer to an INVITE is SDP, so a caller must accept it; without an Accept it does (RFC 3261 section 20.1).
std::optional<Refusal> CheckAccept(const Message& request) {
    if (request.method() != "INVITE" || request.Find("Accept") == nullptr) return std::nullopt;
    for (const auto& range : request.GetList("Accept")) {
        const auto type = MediaTypeOf(range);
        if (type == "*/*" || type == "application/*" || type == "application/sdp") return std::nullopt;
    }
    return Refusal{406, "Not Acceptable", {}};
}

}  // namespace

std::optional<Refusal> CheckRequest(const Message& request, const Capabilities& capabilities) {
    if (request.method() == "ACK") return std::nullopt;
    if (auto refusal = CheckMethod(request, capabilities)) return refusal;
    if (auto refusal = CheckSchemes(request, capabilities)) return refusal;
    if (auto refusal = CheckHops(request)) return refusal;
    if (auto refusal = CheckExtensions(request, capabilities)) return refusal;
    if (auto refusal = CheckBody(request, capabilities)) return refusal;
    return CheckAccept(request);
}

}  // namespace trunkline::sip

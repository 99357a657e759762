// Challenges and credentials on the wire (RFC 7616 sections 3.3 and 3.4, RFC 3261 section 25.1).
#include <algorithm>
#include <cstdio>

#include "sip/digest.hpp"
#include "sip/parser.hpp"
#include "sip/text.hpp"

namespace trunkline::sip {
namespace {

Error Unsupported(std::string_view what) {
    return Error{Code::kUnimplemented, "DIGEST_UNSUPPORTED", std::string(what) + " is not supported"};
}

// auth-param = token EQUAL ( token / quoted-string )
bool ReadAuthParam(Cursor& cursor, Param& param) {
    param.name = cursor.TakeToken();
    if (param.name.empty() || !cursor.TakeSpaced('=')) return false;
    if (cursor.Peek() != '"') {
        param.value = cursor.TakeToken();
        return !param.value.empty();
    }
    auto quoted = cursor.TakeQuoted();
    if (!quoted) return false;
    param.value = std::move(*quoted);
    return true;
}

bool AreSingle(const Params& params) {
    constexpr std::string_view kNames[] = {"username", "realm", "nonce", "uri",    "response",
                                           "cnonce",   "nc",    "qop",   "opaque", "algorithm"};
    return std::all_of(std::begin(kNames), std::end(kNames),
                       [&params](std::string_view name) { return CountParam(params, name) <= 1; });
}

Result<Params> ReadDigestParams(std::string_view value) {
    Cursor cursor(Trim(value));
    const auto scheme = cursor.TakeToken();
    if (scheme.empty()) return Malformed("The authentication scheme");
    if (!EqualsIgnoreCase(scheme, "Digest")) return Unsupported("The authentication scheme");
    if (!cursor.SkipSpace()) return Malformed("The digest");
    Params params;
    do {
        Param param;
        if (params.size() == kMaxParams || !ReadAuthParam(cursor, param)) return Malformed("A parameter of the digest");
        params.push_back(std::move(param));
    } while (cursor.TakeSpaced(','));
    if (!cursor.AtEnd() || !AreSingle(params)) return Malformed("The digest");
    return params;
}

std::string ValueOf(const Params& params, std::string_view name) {
    const std::string* value = FindParam(params, name);
    return value == nullptr ? std::string() : *value;
}

bool HasAll(const Params& params, std::initializer_list<std::string_view> names) {
    return std::all_of(names.begin(), names.end(),
                       [&params](std::string_view name) { return FindParam(params, name) != nullptr; });
}

// The algorithm of the parameters, MD5 when they name none; nothing for one this library does not know.
std::optional<DigestAlgorithm> AlgorithmOf(const Params& params) {
    const auto name = ValueOf(params, "algorithm");
    if (name.empty() || EqualsIgnoreCase(name, "MD5")) return DigestAlgorithm::kMd5;
    if (EqualsIgnoreCase(name, "SHA-256")) return DigestAlgorithm::kSha256;
    return std::nullopt;
}

std::string_view NameOf(DigestAlgorithm algorithm) { return algorithm == DigestAlgorithm::kMd5 ? "MD5" : "SHA-256"; }

bool OffersAuth(std::string_view qop) {
    const auto options = SplitList(qop);
    return std::any_of(options.begin(), options.end(),
                       [](std::string_view option) { return EqualsIgnoreCase(option, "auth"); });
}

// nc-value = 8LHEX
std::optional<uint32_t> ParseNonceCount(std::string_view text) {
    if (text.size() != 8) return std::nullopt;
    uint32_t count = 0;
    for (const char c : text) {
        if (HexDigit(c) < 0) return std::nullopt;
        count = count * 16 + static_cast<uint32_t>(HexDigit(c));
    }
    return count;
}

// The part of the credentials that only qop has.
Status ReadQop(const Params& params, Credentials& credentials) {
    credentials.has_qop = FindParam(params, "qop") != nullptr;
    if (!credentials.has_qop) return {};
    if (!EqualsIgnoreCase(ValueOf(params, "qop"), "auth")) return Unsupported("The quality of protection");
    const auto count = ParseNonceCount(ValueOf(params, "nc"));
    if (!count || !HasAll(params, {"cnonce"})) return Malformed("The client nonce");
    credentials.nonce_count = *count;
    credentials.cnonce = ValueOf(params, "cnonce");
    return {};
}

}  // namespace

std::string Challenge::ToString() const {
    std::string text = "Digest realm=" + Quote(realm) + ", nonce=" + Quote(nonce);
    text.append(", algorithm=").append(NameOf(algorithm));
    if (has_qop) text += ", qop=\"auth\"";
    if (!opaque.empty()) text += ", opaque=" + Quote(opaque);
    if (is_stale) text += ", stale=true";
    return text;
}

std::string Credentials::ToString() const {
    std::string text = "Digest username=" + Quote(username) + ", realm=" + Quote(realm) + ", nonce=" + Quote(nonce) +
                       ", uri=" + Quote(uri) + ", response=" + Quote(response);
    text.append(", algorithm=").append(NameOf(algorithm));
    if (!opaque.empty()) text += ", opaque=" + Quote(opaque);
    if (!has_qop) return text;
    char count[9];
    std::snprintf(count, sizeof(count), "%08x", nonce_count);
    return text + ", qop=auth, nc=" + count + ", cnonce=" + Quote(cnonce);
}

Result<Challenge> ParseChallenge(std::string_view value) {
    const auto params = ReadDigestParams(value);
    if (!params) return params.error();
    if (!HasAll(*params, {"realm", "nonce"})) return Malformed("The digest challenge");
    const auto algorithm = AlgorithmOf(*params);
    if (!algorithm) return Unsupported("The digest algorithm");
    Challenge challenge;
    challenge.realm = ValueOf(*params, "realm");
    challenge.nonce = ValueOf(*params, "nonce");
    challenge.opaque = ValueOf(*params, "opaque");
    challenge.algorithm = *algorithm;
    challenge.is_stale = EqualsIgnoreCase(ValueOf(*params, "stale"), "true");
    challenge.has_qop = FindParam(*params, "qop") != nullptr;
    if (challenge.has_qop && !OffersAuth(ValueOf(*params, "qop"))) return Unsupported("The quality of protection");
    return challenge;
}

Result<Credentials> ParseCredentials(std::string_view value) {
    const auto params = ReadDigestParams(value);
    if (!params) return params.error();
    if (!HasAll(*params, {"username", "realm", "nonce", "uri", "response"})) return Malformed("The digest credentials");
    const auto algorithm = AlgorithmOf(*params);
    if (!algorithm) return Unsupported("The digest algorithm");
    Credentials credentials;
    credentials.username = ValueOf(*params, "username");
    credentials.realm = ValueOf(*params, "realm");
    credentials.nonce = ValueOf(*params, "nonce");
    credentials.uri = ValueOf(*params, "uri");
    credentials.response = ValueOf(*params, "response");
    credentials.opaque = ValueOf(*params, "opaque");
    credentials.algorithm = *algorithm;
    if (const auto qop = ReadQop(*params, credentials); !qop) return qop.error();
    return credentials;
}

std::optional<Challenge> BestChallenge(const Message& response) {
    std::optional<Challenge> best;
    for (const auto& value : response.GetList(response.status() == 407 ? "Proxy-Authenticate" : "WWW-Authenticate")) {
        auto challenge = ParseChallenge(value);
        if (!challenge) continue;
        if (!best || challenge->algorithm > best->algorithm) best = std::move(*challenge);
    }
    return best;
}

}  // namespace trunkline::sip

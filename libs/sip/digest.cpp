// Digest access authentication: the arithmetic, the nonces and both judgements (RFC 7616 section 3.4).
#include "sip/digest.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <cstdio>
#include <initializer_list>

#include "sip/text.hpp"

namespace trunkline::sip {
namespace {

constexpr size_t kNonceTimeDigits = 16;
constexpr size_t kNonceSignDigits = 32;

std::string ToHex(const unsigned char* bytes, size_t size) {
    constexpr char kDigits[] = "0123456789abcdef";
    std::string hex;
    hex.reserve(size * 2);
    for (size_t at = 0; at < size; ++at) hex += {kDigits[bytes[at] / 16], kDigits[bytes[at] % 16]};
    return hex;
}

// H(a:b:...), hexadecimal; empty when this machine's OpenSSL refuses the algorithm.
std::string HashOf(DigestAlgorithm algorithm, std::initializer_list<std::string_view> parts) {
    std::string text;
    for (const auto part : parts) text.append(part).append(":");
    text.pop_back();
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    const EVP_MD* const type = algorithm == DigestAlgorithm::kMd5 ? EVP_md5() : EVP_sha256();
    if (EVP_Digest(text.data(), text.size(), hash, &size, type, nullptr) != 1) return {};
    return ToHex(hash, size);
}

std::string NonceCountText(uint32_t count) {
    char text[9];
    std::snprintf(text, sizeof(text), "%08x", count);
    return text;
}

std::string ResponseOf(const Credentials& credentials, std::string_view secret, std::string_view method) {
    const auto algorithm = credentials.algorithm;
    const auto resource = HashOf(algorithm, {method, credentials.uri});
    if (!credentials.has_qop) return HashOf(algorithm, {secret, credentials.nonce, resource});
    const auto count = NonceCountText(credentials.nonce_count);
    return HashOf(algorithm, {secret, credentials.nonce, count, credentials.cnonce, "auth", resource});
}

bool EqualsInConstantTime(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace

std::string DigestSecret(DigestAlgorithm algorithm, std::string_view username, std::string_view realm,
                         std::string_view password) {
    return HashOf(algorithm, {username, realm, password});
}

Credentials AnswerChallenge(const Challenge& challenge, const DigestUser& user, const DigestRequest& request,
                            std::string cnonce, uint32_t nonce_count) {
    Credentials credentials;
    credentials.username = user.username;
    credentials.realm = challenge.realm;
    credentials.nonce = challenge.nonce;
    credentials.opaque = challenge.opaque;
    credentials.uri = request.uri;
    credentials.algorithm = challenge.algorithm;
    credentials.has_qop = challenge.has_qop;
    if (challenge.has_qop) {
        credentials.cnonce = std::move(cnonce);
        credentials.nonce_count = nonce_count;
    }
    credentials.response = ResponseOf(credentials, user.secret, request.method);
    return credentials;
}

bool VerifyDigest(const Credentials& credentials, std::string_view secret, std::string_view method) {
    const auto expected = ResponseOf(credentials, secret, method);
    return !expected.empty() && EqualsInConstantTime(expected, ToLower(credentials.response));
}

bool IsDigestUriOf(std::string_view digest_uri, const Uri& request_uri) {
    const auto uri = ParseUri(digest_uri);
    return uri && uri->scheme == request_uri.scheme && uri->UserPart() == request_uri.UserPart() &&
           EqualsIgnoreCase(uri->host, request_uri.host) && uri->port == request_uri.port;
}

NonceIssuer::NonceIssuer(std::string secret, Duration lifetime) : secret_(std::move(secret)), lifetime_(lifetime) {}

std::string NonceIssuer::Sign(std::string_view time_text, std::string_view realm) const {
    const auto text = std::string(time_text).append(":").append(realm);
    unsigned char mac[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
    if (HMAC(EVP_sha256(), secret_.data(), static_cast<int>(secret_.size()), bytes, text.size(), mac, &size) ==
        nullptr) {
        return {};
    }
    return ToHex(mac, size).substr(0, kNonceSignDigits);
}

std::string NonceIssuer::Issue(std::string_view realm, TimePoint now) const {
    char time_text[kNonceTimeDigits + 1];
    std::snprintf(time_text, sizeof(time_text), "%016llx", static_cast<unsigned long long>(ToUnixMillis(now)));
    return time_text + Sign(time_text, realm);
}

NonceIssuer::Verdict NonceIssuer::Check(std::string_view nonce, std::string_view realm, TimePoint now) const {
    if (nonce.size() != kNonceTimeDigits + kNonceSignDigits) return Verdict::kForged;
    const auto time_text = nonce.substr(0, kNonceTimeDigits);
    if (!EqualsInConstantTime(Sign(time_text, realm), nonce.substr(kNonceTimeDigits))) return Verdict::kForged;
    // The signature is ours, so these are the digits that Issue wrote.
    int64_t millis = 0;
    for (const char c : time_text) millis = millis * 16 + HexDigit(c);
    return now - FromUnixMillis(millis) > lifetime_ ? Verdict::kStale : Verdict::kValid;
}

}  // namespace trunkline::sip

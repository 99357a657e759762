// Digest access authentication for SIP, both sides (RFC 7616, RFC 8760; RFC 2617 for peers without qop). Pure functions
// but for the nonces' secret; safe from any thread.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "clock/clock.hpp"
#include "result/result.hpp"
#include "sip/message.hpp"

namespace trunkline::sip {

enum class DigestAlgorithm { kMd5, kSha256 };

// What the server asks with: WWW-Authenticate or Proxy-Authenticate.
struct Challenge {
    std::string realm;
    std::string nonce;
    std::string opaque;  // given back as it came, may be empty
    DigestAlgorithm algorithm = DigestAlgorithm::kMd5;
    bool has_qop = true;    // offers qop=auth; false: the older form without client nonce
    bool is_stale = false;  // the password was right, only the nonce was too old

    std::string ToString() const;
};

// What the client answers with: Authorization or Proxy-Authorization.
struct Credentials {
    std::string username;
    std::string realm;
    std::string nonce;
    std::string uri;
    std::string response;  // hexadecimal, as it came
    std::string cnonce;
    std::string opaque;
    uint32_t nonce_count = 0;
    DigestAlgorithm algorithm = DigestAlgorithm::kMd5;
    bool has_qop = false;

    std::string ToString() const;
};

// Reads a challenge. An algorithm other than MD5 and SHA-256, or a qop without "auth", is kUnimplemented with reason
// DIGEST_UNSUPPORTED, another scheme too; what is not well formed is kInvalidArgument.
Result<Challenge> ParseChallenge(std::string_view value);
// Reads credentials, with the same errors.
Result<Credentials> ParseCredentials(std::string_view value);

// Which of several challenges to answer: the strongest this library knows (RFC 8760 section 2.4).
std::optional<Challenge> BestChallenge(const Message& response);

// H(username:realm:password), hexadecimal. This is what is stored in place of a password; it is as secret as one.
std::string DigestSecret(DigestAlgorithm algorithm, std::string_view username, std::string_view realm,
                         std::string_view password);

// The request that credentials are made for.
struct DigestRequest {
    std::string method;
    std::string uri;  // digest-uri: the Request-URI as written on the wire
};

// Who answers a challenge; `secret` is the DigestSecret for the challenge's algorithm and realm.
struct DigestUser {
    std::string username;
    std::string secret;
};

// Credentials for `challenge`. `cnonce` must be fresh and hard to guess; `nonce_count` starts at 1 for each nonce.
Credentials AnswerChallenge(const Challenge& challenge, const DigestUser& user, const DigestRequest& request,
                            std::string cnonce, uint32_t nonce_count);

// Were these credentials made with `secret` for that request? Compares in constant time. The nonce is judged by
// NonceIssuer, and the credentials' uri by IsDigestUriOf.
bool VerifyDigest(const Credentials& credentials, std::string_view secret, std::string_view method);

// Does the digest-uri name what the request asks for? Without this check, credentials overheard for one number could be
// used to call another. Compares scheme, user, host and port.
bool IsDigestUriOf(std::string_view digest_uri, const Uri& request_uri);

// Nonces that need no memory: the time of issue and an HMAC over it. Safe from any thread.
class NonceIssuer {
 public:
    enum class Verdict { kValid, kStale, kForged };

    // `secret`: at least 16 random bytes, shared by the nodes that accept each other's nonces.
    NonceIssuer(std::string secret, Duration lifetime);

    // A nonce that is bound to `realm`.
    std::string Issue(std::string_view realm, TimePoint now) const;
    Verdict Check(std::string_view nonce, std::string_view realm, TimePoint now) const;

 private:
    std::string Sign(std::string_view time_text, std::string_view realm) const;

    std::string secret_;
    Duration lifetime_;
};

}  // namespace trunkline::sip

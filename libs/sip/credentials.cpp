// Credentials for outgoing requests (RFC 3261 section 22.2 and 22.3).
#include "sip/credentials.hpp"

#include <openssl/rand.h>

#include <array>

#include "sip/digest.hpp"

namespace trunkline::sip {

namespace {
constexpr int kMostRounds = 2;  // one, and one more for a stale nonce

std::string FreshNonce() {
    std::array<unsigned char, 16> bytes{};
    RAND_bytes(bytes.data(), static_cast<int>(bytes.size()));
    static constexpr char kHex[] = "0123456789abcdef";
    std::string text;
    for (const unsigned char byte : bytes) text.append(1, kHex[byte >> 4]).append(1, kHex[byte & 15]);
    return text;
}
}  // namespace

std::optional<Message> WithCredentials(const Message& request, const Message& challenge_response,
                                       const ChallengeContext& context) {
    if (context.rounds >= kMostRounds) return std::nullopt;
    if (!context.source.address.SameHost(context.asked.address)) return std::nullopt;
    const auto challenge = BestChallenge(challenge_response);
    if (!challenge || challenge->realm != context.account.realm) return std::nullopt;
    // A second challenge that is not about a stale nonce says that the password is wrong.
    if (context.rounds > 0 && !challenge->is_stale) return std::nullopt;
    const DigestUser user{context.account.username, DigestSecret(challenge->algorithm, context.account.username,
                                                                 challenge->realm, context.account.password)};
    const Credentials credentials =
        AnswerChallenge(*challenge, user, {request.method(), request.uri().ToString()}, FreshNonce(), 1);
    Message again = request;
    again.Remove("Via");
    again.Set(challenge_response.status() == 407 ? "Proxy-Authorization" : "Authorization", credentials.ToString());
    return again;
}

void SetSequence(Message& request, uint32_t number) {
    request.Set("CSeq", std::to_string(number) + " " + request.method());
}

}  // namespace trunkline::sip

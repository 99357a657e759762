// Any text as a challenge, as credentials and as a nonce: what is read is written so that it reads the same, and
// nothing random opens a door.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "require.hpp"
#include "sip/digest.hpp"

using trunkline::fuzz::Require;
using namespace trunkline::sip;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto challenge = ParseChallenge(text); challenge) {
        const auto again = ParseChallenge(challenge->ToString());
        Require(again.ok() && again->ToString() == challenge->ToString(), "a challenge reads the same again");
        const auto answer = AnswerChallenge(*challenge, {"user", "secret"}, {"INVITE", "sip:a@b"}, "cnonce", 1);
        const auto read = ParseCredentials(answer.ToString());
        Require(read.ok() && VerifyDigest(*read, "secret", "INVITE"), "an answer verifies");
    }
    if (const auto credentials = ParseCredentials(text); credentials) {
        const auto again = ParseCredentials(credentials->ToString());
        Require(again.ok() && again->ToString() == credentials->ToString(), "credentials read the same again");
        Require(!VerifyDigest(*credentials, "a secret nobody knows", "INVITE"), "no guess verifies");
    }
    const NonceIssuer issuer("0123456789abcdef", std::chrono::minutes(1));
    Require(issuer.Check(text, "realm", trunkline::TimePoint{}) == NonceIssuer::Verdict::kForged,
            "no nonce is guessed");
    return 0;
}

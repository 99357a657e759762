// Digest answers against the examples of RFC 7616 and RFC 2617, and nonces against forgery.
#include "sip/digest.hpp"

#include <catch2/catch.hpp>
#include <chrono>

namespace trunkline::sip {
namespace {

using namespace std::chrono_literals;

constexpr auto kNow = TimePoint{std::chrono::hours{500000}};

Challenge ChallengeOf(DigestAlgorithm algorithm) {
    Challenge challenge;
    challenge.realm = "http-auth@example.org";
    challenge.nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
    challenge.opaque = "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS";
    challenge.algorithm = algorithm;
    return challenge;
}

Credentials AnswerOfRfc7616(DigestAlgorithm algorithm) {
    const auto challenge = ChallengeOf(algorithm);
    const DigestUser user{"Mufasa", DigestSecret(algorithm, "Mufasa", challenge.realm, "Circle of Life")};
    return AnswerChallenge(challenge, user, {"GET", "/dir/index.html"}, "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
                           1);
}

}  // namespace

TEST_CASE("digest: the answers of RFC 7616 section 3.9.1", "[sip]") {
    CHECK(AnswerOfRfc7616(DigestAlgorithm::kMd5).response == "8ca523f5e9506fed4657c9700eebdbec");
    CHECK(AnswerOfRfc7616(DigestAlgorithm::kSha256).response ==
          "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
}

TEST_CASE("digest: the answer of RFC 2617 section 3.5", "[sip]") {
    Challenge challenge;
    challenge.realm = "testrealm@host.com";
    challenge.nonce = "dcd98b7102dd2f0e8b11d0f600bfb0c093";
    const DigestUser user{"Mufasa",
                          DigestSecret(DigestAlgorithm::kMd5, "Mufasa", "testrealm@host.com", "Circle Of Life")};
    CHECK(user.secret == "939e7578ed9e3c518a452acee763bce9");
    const auto credentials = AnswerChallenge(challenge, user, {"GET", "/dir/index.html"}, "0a4f113b", 1);
    CHECK(credentials.response == "6629fae49393a05397450978507c4ef1");
}

TEST_CASE("digest: without qop the client nonce plays no part", "[sip]") {
    Challenge challenge;
    challenge.realm = "testrealm@host.com";
    challenge.nonce = "dcd98b7102dd2f0e8b11d0f600bfb0c093";
    challenge.has_qop = false;
    const auto credentials =
        AnswerChallenge(challenge, {"Mufasa", "939e7578ed9e3c518a452acee763bce9"}, {"GET", "/dir/index.html"}, "x", 1);
    CHECK(credentials.cnonce.empty());
    CHECK(credentials.response == "670fd8c2df070c60b045671b8b24ff02");
    CHECK(ParseCredentials(credentials.ToString())->response == credentials.response);
}

TEST_CASE("digest: credentials survive the wire and verify, with either algorithm", "[sip]") {
    const auto algorithm = GENERATE(DigestAlgorithm::kMd5, DigestAlgorithm::kSha256);
    const auto sent = AnswerOfRfc7616(algorithm);
    const auto secret = DigestSecret(algorithm, "Mufasa", sent.realm, "Circle of Life");
    auto received = ParseCredentials(sent.ToString());
    REQUIRE(received);
    CHECK(received->nonce_count == 1);
    CHECK(received->opaque == sent.opaque);
    CHECK(VerifyDigest(*received, secret, "GET"));
    CHECK_FALSE(VerifyDigest(*received, secret, "REGISTER"));
    CHECK_FALSE(VerifyDigest(*received, DigestSecret(algorithm, "Mufasa", sent.realm, "guess"), "GET"));
    received->nonce_count = 2;
    CHECK_FALSE(VerifyDigest(*received, secret, "GET"));
}

TEST_CASE("digest: an empty response verifies nothing", "[sip]") {
    Credentials credentials = AnswerOfRfc7616(DigestAlgorithm::kMd5);
    credentials.response.clear();
    CHECK_FALSE(VerifyDigest(credentials, "", "GET"));
}

TEST_CASE("digest: a challenge survives the wire", "[sip]") {
    auto challenge = ChallengeOf(DigestAlgorithm::kSha256);
    challenge.is_stale = true;
    const auto read = ParseChallenge(challenge.ToString());
    REQUIRE(read);
    CHECK(read->ToString() == challenge.ToString());
    CHECK(read->is_stale);
    CHECK_FALSE(ParseChallenge("Digest realm=\"a\", nonce=\"b\"")->has_qop);
    CHECK(ParseChallenge("digest realm=\"a\" ,nonce=\"b\",qop=\"auth-int,auth\", algorithm=md5")->has_qop);
}

TEST_CASE("digest: what is not well formed is told from what is not supported", "[sip]") {
    const auto* const malformed =
        GENERATE("", "Digest", "Digest ", "Digest realm", "Digest realm=", "Digest realm=\"a", "Digest realm=\"a\"",
                 "Digest realm=\"a\", nonce=\"b\",", "Digest realm=\"a\" nonce=\"b\"",
                 "Digest realm=\"a\", nonce=\"b\", realm=\"c\"", "Digest realm=\"a\",,nonce=\"b\"",
                 "Digest realm=\"a\", nonce=\"b\r\nc\"");
    CAPTURE(malformed);
    CHECK(ParseChallenge(malformed).error().code == Code::kInvalidArgument);
    const auto* const unsupported = GENERATE(
        "Basic realm=\"a\"", "Digest realm=\"a\", nonce=\"b\", algorithm=SHA-512-256",
        "Digest realm=\"a\", nonce=\"b\", algorithm=MD5-sess", "Digest realm=\"a\", nonce=\"b\", qop=\"auth-int\"");
    CAPTURE(unsupported);
    CHECK(ParseChallenge(unsupported).error().code == Code::kUnimplemented);
}

TEST_CASE("digest: credentials with a broken nonce count are malformed", "[sip]") {
    const std::string start =
        "Digest username=\"u\", realm=\"r\", nonce=\"n\", uri=\"sip:a\", response=\"00\", qop=auth, ";
    CHECK(ParseCredentials(start + "nc=0000000A, cnonce=\"c\"")->nonce_count == 10);
    const auto* const rest = GENERATE("nc=1, cnonce=\"c\"", "nc=0000000g, cnonce=\"c\"", "nc=00000001", "cnonce=\"c\"");
    CAPTURE(rest);
    CHECK(ParseCredentials(start + rest).error().code == Code::kInvalidArgument);
}

TEST_CASE("digest: the stronger of two challenges is answered, an unknown one never", "[sip]") {
    auto response = Message::Response(401, "Unauthorized");
    response.Add("WWW-Authenticate", "Digest realm=\"a\", nonce=\"x\", algorithm=SHA-512");
    CHECK_FALSE(BestChallenge(response));
    response.Add("WWW-Authenticate", "Digest realm=\"a\", nonce=\"md5\"");
    response.Add("WWW-Authenticate", "Digest realm=\"a\", nonce=\"sha\", algorithm=SHA-256");
    response.Add("Proxy-Authenticate", "Digest realm=\"a\", nonce=\"proxy\"");
    CHECK(BestChallenge(response)->nonce == "sha");
}

TEST_CASE("digest: credentials for one number do not open another", "[sip]") {
    const auto uri = *ParseUri("sip:+49301@example.com;transport=tcp");
    CHECK(IsDigestUriOf("sip:+49301@EXAMPLE.com", uri));
    const auto* const other = GENERATE("sip:+49900@example.com", "sip:+49301@evil.example", "sips:+49301@example.com",
                                       "sip:+49301@example.com:5070", "/dir/index.html", "");
    CAPTURE(other);
    CHECK_FALSE(IsDigestUriOf(other, uri));
}

TEST_CASE("nonce: it lives its time, for its realm and its secret only", "[sip]") {
    const NonceIssuer issuer("0123456789abcdef", 60s);
    const auto nonce = issuer.Issue("trunkline", kNow);
    using Verdict = NonceIssuer::Verdict;
    CHECK(issuer.Check(nonce, "trunkline", kNow + 60s) == Verdict::kValid);
    CHECK(issuer.Check(nonce, "trunkline", kNow + 61s) == Verdict::kStale);
    CHECK(issuer.Check(nonce, "other", kNow) == Verdict::kForged);
    CHECK(NonceIssuer("another secret here", 60s).Check(nonce, "trunkline", kNow) == Verdict::kForged);
    for (size_t at = 0; at < nonce.size(); ++at) {
        auto forged = nonce;
        forged[at] = forged[at] == '0' ? '1' : '0';
        REQUIRE(issuer.Check(forged, "trunkline", kNow) == Verdict::kForged);
    }
    CHECK(issuer.Check("", "trunkline", kNow) == Verdict::kForged);
    CHECK(issuer.Check(nonce + "0", "trunkline", kNow) == Verdict::kForged);
}

}  // namespace trunkline::sip

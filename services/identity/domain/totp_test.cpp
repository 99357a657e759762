// Codes of a code generator; the arithmetic with a digest made by hand (RFC 4226 section 5.4), the real HMAC is tested
// with the adapter.
#include "identity/domain/totp.hpp"

#include <catch2/catch.hpp>

#include "testing/manual_clock.hpp"

namespace trunkline::identity {
namespace {

// A digest that depends on the step only.
std::string FakeHmac(const std::string&, const std::string& message) {
    std::string digest(20, '\0');
    for (size_t i = 0; i < message.size(); ++i) {
        digest[i] = message[i];
    }
    digest[19] = 4;  // the code is taken from bytes 4 to 7, the low half of the step
    return digest;
}

TEST_CASE("totp: the example of RFC 4226 gives 872921") {
    const std::string digest("\x1f\x86\x98\x69\x0e\x02\xca\x16\x61\x85\x50\xef\x7f\x19\xda\x8e\x94\x5b\x55\x5a", 20);
    CHECK(TotpCode("key", 1, [&](const std::string&, const std::string&) { return digest; }) == "872921");
}

TEST_CASE("totp: the code of now, of the step before and of the step after is taken, each once") {
    const testing::ManualClock clock;
    const int64_t now = ToUnixMillis(clock.Now()) / 30'000;
    for (const int64_t step : {now - 1, now, now + 1}) {
        CHECK(AcceptedStep("", TotpCode("", step, FakeHmac), clock.Now(), 0, FakeHmac) == step);
    }
    CHECK_FALSE(AcceptedStep("", TotpCode("", now - 2, FakeHmac), clock.Now(), 0, FakeHmac));
    CHECK_FALSE(AcceptedStep("", TotpCode("", now, FakeHmac), clock.Now(), now, FakeHmac));
    CHECK_FALSE(AcceptedStep("", "", clock.Now(), 0, FakeHmac));
}

TEST_CASE("totp: secrets are written in base32") {
    CHECK(Base32("foobar") == "MZXW6YTBOI");
    CHECK(Base32("").empty());
    CHECK(TotpUri("li.na", "MZXW6") == "otpauth://totp/Trunkline:li.na?secret=MZXW6&issuer=Trunkline");
}

}  // namespace
}  // namespace trunkline::identity

// What is sealed opens again, for its user and with its key only.
#include "identity/adapters/totp_vault.hpp"

#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>

namespace trunkline::identity {
namespace {

const std::string kKey(64, 'k');

}  // namespace

TEST_CASE("a sealed key comes back, and does not show in what is stored") {
    const TotpVault vault(kKey);
    const std::string plain = "01234567890123456789";
    const std::string sealed = vault.Seal(plain, "user-1");
    CHECK(sealed.find(plain) == std::string::npos);
    CHECK(vault.Open(sealed, "user-1") == plain);
    CHECK(vault.Seal(plain, "user-1") != sealed);
    CHECK(vault.Seal("", "user-1").empty());
    CHECK(vault.Open("", "user-1").empty());
}

TEST_CASE("a key that was sealed for another user, with another key, or was changed does not open") {
    const TotpVault vault(kKey);
    std::string sealed = vault.Seal("01234567890123456789", "user-1");
    CHECK_THROWS(vault.Open(sealed, "user-2"));
    CHECK_THROWS(TotpVault(std::string(64, 'x')).Open(sealed, "user-1"));
    sealed.back() ^= 1;
    CHECK_THROWS(vault.Open(sealed, "user-1"));
}

TEST_CASE("what was stored before keys were sealed is still read") {
    CHECK(TotpVault(kKey).Open("01234567890123456789", "user-1") == "01234567890123456789");
}

TEST_CASE("the first start makes the file of the key, the next one reads it; a short one is refused") {
    const auto path = std::filesystem::temp_directory_path() / "trunkline-totp-vault-test.key";
    std::filesystem::remove(path);
    const std::string sealed = TotpVault::FromFile(path.string()).Seal("secret", "user-1");
    CHECK((std::filesystem::status(path).permissions() & std::filesystem::perms::others_all) ==
          std::filesystem::perms::none);
    CHECK(TotpVault::FromFile(path.string()).Open(sealed, "user-1") == "secret");
    std::filesystem::remove(path);
    CHECK_THROWS(TotpVault("short"));
}

}  // namespace trunkline::identity

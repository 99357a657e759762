// Hashes that find, seals that hold.
#include "phone/vault.hpp"

#include <catch2/catch.hpp>

namespace trunkline::phone {
namespace {

const std::string kKey = "0123456789abcdef0123456789abcdef";

TEST_CASE("vault: equal numbers have equal hashes, other numbers and other tenants have not") {
    const Vault vault(kKey);
    CHECK(vault.Hash(Parse("13800138000")) == vault.Hash(Parse("+86 138 0013 8000")));
    CHECK(vault.Hash(Parse("0755-12345678-8001")) == vault.Hash(Parse("075512345678")));
    CHECK(vault.Hash(Parse("13800138000")) != vault.Hash(Parse("13800138001")));
    CHECK(vault.Hash(Parse("13800138000")) != Vault("another tenant's key").Hash(Parse("13800138000")));
    CHECK(vault.Hash(Parse("13800138000")).size() == 16);
}

TEST_CASE("vault: what was sealed opens, and every seal is different") {
    const Vault vault(kKey);
    const std::string sealed = vault.Seal("+8613800138000");
    CHECK(sealed != vault.Seal("+8613800138000"));
    CHECK(sealed.find("138") == std::string::npos);
    CHECK(vault.Open(sealed).value() == "+8613800138000");
    CHECK(vault.Open(vault.Seal("")).value().empty());
}

TEST_CASE("vault: a changed, cut or foreign seal does not open") {
    const Vault vault(kKey);
    const std::string sealed = vault.Seal("+8613800138000");
    for (size_t i = 0; i < sealed.size(); ++i) {
        std::string changed = sealed;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        CHECK(vault.Open(changed).error().reason == "SEAL_BROKEN");
        CHECK_FALSE(vault.Open(sealed.substr(0, i)).ok());
    }
    CHECK_FALSE(Vault("another tenant's key").Open(sealed).ok());
}

TEST_CASE("vault: a short tenant key stops the start") { CHECK_THROWS_WITH(Vault("short"), Catch::Contains("16")); }

}  // namespace
}  // namespace trunkline::phone

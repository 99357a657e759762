// How numbers rest in a database: a keyed hash by which they are found, and a sealed text that gives them back. Both
// keys come from one secret of the tenant, so a copy of the database alone tells nobody's number.
#pragma once
#include <string>
#include <string_view>

#include "phone/phone.hpp"
#include "result/result.hpp"

namespace trunkline::phone {

// Safe from any thread.
class Vault {
 public:
    // At least 16 bytes; throws std::runtime_error when it is shorter.
    explicit Vault(std::string_view tenant_key);

    // 16 bytes of HMAC-SHA256 over the canonical number without its extension: a call from an extension shows the main
    // number. Equal numbers have equal hashes.
    std::string Hash(const Number& number) const;
    // HMAC-SHA256 of any text, as hex; for proofs that only this tenant could have written.
    std::string Sign(std::string_view text) const;
    // AES-256-GCM with a random nonce: nonce, ciphertext, tag.
    std::string Seal(std::string_view text) const;
    // kDataLoss when the bytes were changed or belong to another key.
    Result<std::string> Open(std::string_view sealed) const;

 private:
    std::string search_key_;
    std::string seal_key_;
    std::string proof_key_;
};

}  // namespace trunkline::phone

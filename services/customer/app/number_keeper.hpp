// Makes of a number as written the number as it rests.
#pragma once
#include "customer/app/ports.hpp"
#include "phone/vault.hpp"

namespace trunkline::customer {

// Safe from any thread.
class NumberKeeper {
 public:
    NumberKeeper(phone::Vault vault, phone::Place place) : vault_(std::move(vault)), place_(std::move(place)) {}

    // Error BAD_NUMBER when nothing can be called by it.
    Result<KeptNumber> Keep(const std::string& written, const std::string& label) const;
    // Empty for an anonymous caller.
    std::string Hash(const std::string& written) const;
    // As people read it; error when the tenant key is another one.
    Result<std::string> Clear(const std::string& sealed) const { return vault_.Open(sealed); }
    std::string Sign(const ErasureProof& proof) const { return vault_.Sign(proof.Text()); }

 private:
    phone::Vault vault_;
    phone::Place place_;
};

}  // namespace trunkline::customer

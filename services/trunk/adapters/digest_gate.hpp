// Who may come in: digest challenges for phones and trunks (RFC 3261 section 22, RFC 7616). Names that do not exist are
// treated as names that do, so that nobody can find out which exist.
#pragma once
#include <optional>
#include <string>

#include "clock/clock.hpp"
#include "sip/digest.hpp"
#include "sip/message.hpp"
#include "trunk/domain/directory.hpp"

namespace trunkline::trunk {

// Pure but for the nonces' secret.
class DigestGate {
 public:
    // `realm` is part of every stored secret: changing it makes every phone's password unknown.
    DigestGate(const Directory& directory, std::string realm, std::string secret, const Clock& clock);

    // The phone that this request's credentials prove; nothing: send Challenge.
    std::optional<std::string> ProvenPhone(const sip::Message& request) const;
    // Does the request carry the trunk's own name and password?
    bool ProvesTrunk(const sip::Message& request, const CarrierTrunk& trunk) const;
    // Does the request answer a challenge of ours that still holds? If it proves nothing, a password was guessed.
    bool IsAttempt(const sip::Message& request) const { return Fresh(request).has_value(); }
    // A fresh WWW-Authenticate header for a 401.
    sip::Header Challenge(const sip::Message& request) const;

    const std::string& realm() const { return realm_; }

 private:
    // The credentials for our realm with a valid nonce; nothing otherwise.
    std::optional<sip::Credentials> Fresh(const sip::Message& request) const;
    bool IsStale(const sip::Message& request) const;

    const Directory& directory_;
    std::string realm_;
    sip::NonceIssuer nonces_;
    const Clock& clock_;
    std::string nobody_;  // the secret that names without a phone are compared with
};

}  // namespace trunkline::trunk

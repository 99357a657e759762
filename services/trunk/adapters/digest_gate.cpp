// Challenges and their judgement.
#include "trunk/adapters/digest_gate.hpp"

namespace trunkline::trunk {
namespace {

constexpr auto kNonceLifetime = std::chrono::minutes(5);

}  // namespace

DigestGate::DigestGate(const Directory& directory, std::string realm, std::string secret, const Clock& clock)
    : directory_(directory),
      realm_(std::move(realm)),
      nonces_(secret, kNonceLifetime),
      clock_(clock),
      nobody_(sip::DigestSecret(sip::DigestAlgorithm::kMd5, "nobody", realm_, secret)) {}

std::optional<sip::Credentials> DigestGate::Fresh(const sip::Message& request) const {
    const std::string* header = request.Find("Authorization");
    if (header == nullptr) {
        return std::nullopt;
    }
    auto credentials = sip::ParseCredentials(*header);
    if (!credentials.ok() || credentials->realm != realm_ || credentials->algorithm != sip::DigestAlgorithm::kMd5 ||
        nonces_.Check(credentials->nonce, realm_, clock_.Now()) != sip::NonceIssuer::Verdict::kValid ||
        !sip::IsDigestUriOf(credentials->uri, request.uri())) {
        return std::nullopt;
    }
    return std::move(*credentials);
}

std::optional<std::string> DigestGate::ProvenPhone(const sip::Message& request) const {
    const auto credentials = Fresh(request);
    if (!credentials) {
        return std::nullopt;
    }
    const Phone* phone = directory_.FindPhone(credentials->username);
    const bool can_prove = phone != nullptr && !phone->secret.empty();
    const bool proven = sip::VerifyDigest(*credentials, can_prove ? phone->secret : nobody_, request.method());
    return proven && can_prove ? std::optional(phone->name) : std::nullopt;
}

bool DigestGate::ProvesTrunk(const sip::Message& request, const CarrierTrunk& trunk) const {
    const auto credentials = Fresh(request);
    return credentials && credentials->username == trunk.username &&
           sip::VerifyDigest(*credentials,
                             sip::DigestSecret(sip::DigestAlgorithm::kMd5, trunk.username, realm_, trunk.password),
                             request.method());
}

bool DigestGate::IsStale(const sip::Message& request) const {
    const std::string* header = request.Find("Authorization");
    if (header == nullptr) {
        return false;
    }
    const auto old = sip::ParseCredentials(*header);
    return old.ok() && nonces_.Check(old->nonce, realm_, clock_.Now()) == sip::NonceIssuer::Verdict::kStale;
}

sip::Header DigestGate::Challenge(const sip::Message& request) const {
    sip::Challenge challenge;
    challenge.realm = realm_;
    challenge.nonce = nonces_.Issue(realm_, clock_.Now());
    challenge.is_stale = IsStale(request);
    return {"WWW-Authenticate", challenge.ToString()};
}

}  // namespace trunkline::trunk

// Our certificate for DTLS: made at start, never stored, known to peers by its fingerprint in SDP (RFC 8122).
#pragma once
#include <openssl/types.h>

#include <memory>
#include <string>

namespace trunkline::webrtc {

// "AB:CD:..." of the SHA-256 of a certificate.
std::string FingerprintOf(const X509* certificate);

// With the settings that every DTLS association shares. Safe from any thread; outlives the associations.
class Certificate {
 public:
    // ECDSA P-256, self-signed. Throws std::runtime_error when OpenSSL cannot.
    Certificate();

    const std::string& fingerprint() const { return fingerprint_; }
    SSL_CTX* context() const { return context_.get(); }

 private:
    struct Free {
        void operator()(SSL_CTX* context) const;
    };
    std::unique_ptr<SSL_CTX, Free> context_;
    std::string fingerprint_;
};

}  // namespace trunkline::webrtc

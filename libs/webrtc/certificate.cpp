// Certificate and context by OpenSSL.
#include "webrtc/certificate.hpp"

#include <openssl/ec.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <array>
#include <stdexcept>

namespace trunkline::webrtc {
namespace {

constexpr long kDay = 86400;
// The process lives shorter; browsers do not look at the dates, but a reader of a capture may.
constexpr long kValidDays = 365;

struct FreeKey {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct FreeX509 {
    void operator()(X509* certificate) const { X509_free(certificate); }
};

std::unique_ptr<X509, FreeX509> SelfSigned(EVP_PKEY* key) {
    std::unique_ptr<X509, FreeX509> made(X509_new());
    uint64_t serial = 0;
    RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial);
    X509_NAME* name = X509_get_subject_name(made.get());
    // Says nothing about the machine: strangers may see it.
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("WebRTC"), -1, -1, 0);
    const bool good = X509_set_version(made.get(), 2) == 1 &&
                      ASN1_INTEGER_set_uint64(X509_get_serialNumber(made.get()), serial >> 1) == 1 &&
                      X509_gmtime_adj(X509_getm_notBefore(made.get()), -kDay) != nullptr &&
                      X509_gmtime_adj(X509_getm_notAfter(made.get()), kValidDays * kDay) != nullptr &&
                      X509_set_issuer_name(made.get(), name) == 1 && X509_set_pubkey(made.get(), key) == 1 &&
                      X509_sign(made.get(), key, EVP_sha256()) > 0;
    return good ? std::move(made) : nullptr;
}

// Who the peer is, is decided by the fingerprint after the handshake.
int TakeAny(int, X509_STORE_CTX*) { return 1; }

bool SetUp(SSL_CTX* context, X509* certificate, EVP_PKEY* key) {
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, TakeAny);
    // The path MTU is given by us; nothing of an association is kept for the next one.
    SSL_CTX_set_options(context, SSL_OP_NO_QUERY_MTU | SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    return SSL_CTX_set_min_proto_version(context, DTLS1_2_VERSION) == 1 &&
           SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20") == 1 &&
           SSL_CTX_use_certificate(context, certificate) == 1 && SSL_CTX_use_PrivateKey(context, key) == 1 &&
           // 0 is success here.
           SSL_CTX_set_tlsext_use_srtp(context, "SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80") == 0;
}

}  // namespace

std::string FingerprintOf(const X509* certificate) {
    std::array<unsigned char, 32> digest{};
    unsigned length = digest.size();
    if (X509_digest(certificate, EVP_sha256(), digest.data(), &length) != 1) return {};
    static constexpr char kHex[] = "0123456789ABCDEF";
    std::string text;
    for (const unsigned char byte : digest) {
        if (!text.empty()) text += ':';
        text += kHex[byte >> 4];
        text += kHex[byte & 15];
    }
    return text;
}

void Certificate::Free::operator()(SSL_CTX* context) const { SSL_CTX_free(context); }

Certificate::Certificate() : context_(SSL_CTX_new(DTLS_method())) {
    const std::unique_ptr<EVP_PKEY, FreeKey> key(EVP_EC_gen("P-256"));
    const auto certificate = key == nullptr ? nullptr : SelfSigned(key.get());
    if (context_ == nullptr || certificate == nullptr || !SetUp(context_.get(), certificate.get(), key.get())) {
        throw std::runtime_error("OpenSSL cannot make a certificate for DTLS");
    }
    fingerprint_ = FingerprintOf(certificate.get());
}

}  // namespace trunkline::webrtc

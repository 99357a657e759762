// DTLS by OpenSSL, over a BIO that keeps datagrams apart.
#include "webrtc/dtls.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <utility>

namespace trunkline::webrtc {

// A memory BIO would glue the datagrams of a flight together.
struct DatagramBio {
    static Dtls& Owner(BIO* bio) { return *static_cast<Dtls*>(BIO_get_data(bio)); }

    static int Write(BIO* bio, const char* bytes, int count) {
        Owner(bio).send_({reinterpret_cast<const uint8_t*>(bytes), static_cast<size_t>(count)});
        return count;
    }
    static int Read(BIO* bio, char* bytes, int room) {
        BIO_clear_retry_flags(bio);
        auto& incoming = Owner(bio).incoming_;
        if (incoming.empty()) {
            BIO_set_retry_read(bio);
            return -1;
        }
        const size_t count = std::min(incoming.size(), static_cast<size_t>(room));
        std::copy_n(incoming.data(), count, bytes);
        incoming = {};
        return static_cast<int>(count);
    }
    static long Control(BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1 : 0; }
    static int Create(BIO* bio) {
        BIO_set_init(bio, 1);
        return 1;
    }
    static const BIO_METHOD* Method() {
        static const BIO_METHOD* const method = [] {
            BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "datagrams");
            BIO_meth_set_write(made, Write);
            BIO_meth_set_read(made, Read);
            BIO_meth_set_ctrl(made, Control);
            BIO_meth_set_create(made, Create);
            return made;
        }();
        return method;
    }
};

namespace {

// Fits every path that carries IPv6.
constexpr long kMtu = 1200;
// A second, as OpenSSL has it, is long for somebody who waits to be heard (RFC 9147 section 5.8.2 allows less).
constexpr unsigned kFirstRetransmission = 100'000;  // microseconds
constexpr unsigned kLastRetransmission = 3'200'000;
constexpr char kExporterLabel[] = "EXTRACTOR-dtls_srtp";

unsigned NextRetransmission(SSL*, unsigned last) {
    return last == 0 ? kFirstRetransmission : std::min(last * 2, kLastRetransmission);
}

}  // namespace

void Dtls::Free::operator()(SSL* ssl) const { SSL_free(ssl); }

Dtls::Dtls(const Certificate& certificate, DtlsRole role, std::string peer_fingerprint, Send send)
    : role_(role),
      peer_fingerprint_(std::move(peer_fingerprint)),
      send_(std::move(send)),
      ssl_(SSL_new(certificate.context())) {
    BIO* bio = BIO_new(DatagramBio::Method());
    if (ssl_ == nullptr || bio == nullptr) {
        state_ = State::kFailed;
        return;
    }
    BIO_set_data(bio, this);
    SSL_set_bio(ssl_.get(), bio, bio);
    DTLS_set_link_mtu(ssl_.get(), kMtu);
    DTLS_set_timer_cb(ssl_.get(), NextRetransmission);
    if (role == DtlsRole::kServer) {
        SSL_set_accept_state(ssl_.get());
    } else {
        SSL_set_connect_state(ssl_.get());
    }
}

Dtls::~Dtls() = default;

void Dtls::Start() {
    if (state_ == State::kHandshake) Advance();
}

void Dtls::OnDatagram(std::span<const uint8_t> datagram) {
    if (state_ != State::kHandshake && state_ != State::kConnected) return;
    incoming_ = datagram;
    if (state_ == State::kHandshake) {
        Advance();
    }
    if (state_ == State::kConnected) {
        // Nothing is expected but an alert, or the last flight once more, which OpenSSL answers by itself.
        std::array<uint8_t, 256> ignored;
        ERR_clear_error();
        while (SSL_read(ssl_.get(), ignored.data(), ignored.size()) > 0) {
        }
        if ((SSL_get_shutdown(ssl_.get()) & SSL_RECEIVED_SHUTDOWN) != 0) state_ = State::kClosed;
    }
    incoming_ = {};
    ERR_clear_error();
}

void Dtls::Tick() {
    if (state_ != State::kHandshake) return;
    ERR_clear_error();
    if (DTLSv1_handle_timeout(ssl_.get()) < 0) state_ = State::kFailed;
    ERR_clear_error();
}

void Dtls::Close() {
    if (state_ != State::kConnected) return;
    SSL_shutdown(ssl_.get());
    state_ = State::kClosed;
}

void Dtls::Advance() {
    ERR_clear_error();
    const int done = SSL_do_handshake(ssl_.get());
    if (done == 1) {
        Finish();
    } else if (const int error = SSL_get_error(ssl_.get(), done);
               error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) {
        state_ = State::kFailed;
    }
    ERR_clear_error();
}

void Dtls::Finish() {
    state_ = State::kFailed;
    X509* certificate = SSL_get1_peer_certificate(ssl_.get());
    const std::string fingerprint = certificate == nullptr ? "" : FingerprintOf(certificate);
    X509_free(certificate);
    const SRTP_PROTECTION_PROFILE* agreed = SSL_get_selected_srtp_profile(ssl_.get());
    if (fingerprint.empty() || fingerprint != peer_fingerprint_ || agreed == nullptr) return;

    SrtpKeys keys;
    keys.profile = agreed->id == SRTP_AEAD_AES_128_GCM ? SrtpProfile::kAesGcm128 : SrtpProfile::kAesCm128Sha1;
    const size_t key = KeyBytes(keys.profile);
    const size_t salt = SaltBytes(keys.profile);
    // Client's key, server's key, client's salt, server's salt (RFC 5764 section 4.2).
    std::vector<uint8_t> material(2 * (key + salt));
    if (SSL_export_keying_material(ssl_.get(), material.data(), material.size(), kExporterLabel,
                                   sizeof kExporterLabel - 1, nullptr, 0, 0) != 1) {
        return;
    }
    const auto part = [&](size_t at, size_t count) {
        const auto begin = material.begin() + static_cast<std::ptrdiff_t>(at);
        return std::vector<uint8_t>(begin, begin + static_cast<std::ptrdiff_t>(count));
    };
    SrtpKey client{part(0, key)};
    SrtpKey server{part(key, key)};
    const auto client_salt = part(2 * key, salt);
    const auto server_salt = part(2 * key + salt, salt);
    client.bytes.insert(client.bytes.end(), client_salt.begin(), client_salt.end());
    server.bytes.insert(server.bytes.end(), server_salt.begin(), server_salt.end());
    OPENSSL_cleanse(material.data(), material.size());
    keys.receive = role_ == DtlsRole::kServer ? client : server;
    keys.send = role_ == DtlsRole::kServer ? server : client;
    keys_ = std::move(keys);
    state_ = State::kConnected;
}

}  // namespace trunkline::webrtc

// One DTLS association (RFC 9147's elder, DTLS 1.2) whose only fruit is the keys of SRTP (RFC 5764). No I/O.
#pragma once
#include <openssl/types.h>

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "webrtc/certificate.hpp"
#include "webrtc/srtp.hpp"

namespace trunkline::webrtc {

struct SrtpKeys {
    SrtpProfile profile = SrtpProfile::kAesGcm128;
    SrtpKey receive;
    SrtpKey send;
};

enum class DtlsRole { kServer, kClient };

// Not safe for threads. Retransmission follows the clock of OpenSSL, which is the machine's.
class Dtls {
 public:
    enum class State { kHandshake, kConnected, kFailed, kClosed };
    // One call for each datagram to be sent.
    using Send = std::function<void(std::span<const uint8_t>)>;

    // `peer_fingerprint`: "AB:CD:..." of SHA-256, in capitals.
    Dtls(const Certificate& certificate, DtlsRole role, std::string peer_fingerprint, Send send);
    ~Dtls();
    Dtls(const Dtls&) = delete;
    Dtls& operator=(const Dtls&) = delete;

    // The client's first flight.
    void Start();
    void OnDatagram(std::span<const uint8_t> datagram);
    // Sends again what was lost; every 100 ms or so during the handshake.
    void Tick();
    // Says good-bye.
    void Close();

    State state() const { return state_; }
    // Once connected. Nothing if the peer agreed on no profile.
    const std::optional<SrtpKeys>& keys() const { return keys_; }

 private:
    struct Free {
        void operator()(SSL* ssl) const;
    };
    friend struct DatagramBio;
    void Advance();
    void Finish();

    const DtlsRole role_;
    const std::string peer_fingerprint_;
    Send send_;
    std::span<const uint8_t> incoming_;
    std::unique_ptr<SSL, Free> ssl_;
    State state_ = State::kHandshake;
    std::optional<SrtpKeys> keys_;
};

}  // namespace trunkline::webrtc

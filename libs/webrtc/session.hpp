// One WebRTC session with a browser: ICE (lite side, RFC 8445 section 2.5), DTLS-SRTP, and the demultiplexing of the
// one port they share (RFC 7983). No I/O, no clock, one thread.
//
// Authenticate first, learn second: a datagram that proves nothing changes nothing and is answered by nothing. DTLS and
// SRTP are looked at only from addresses that ICE has validated.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "clock/clock.hpp"
#include "rtp/address.hpp"
#include "webrtc/certificate.hpp"
#include "webrtc/dtls.hpp"
#include "webrtc/srtp.hpp"
#include "webrtc/stun.hpp"

namespace trunkline::webrtc {

// What offer and answer agreed on.
struct SessionParameters {
    std::string local_ufrag;
    std::string local_password;
    std::string peer_ufrag;
    std::string peer_fingerprint;  // SHA-256, "AB:CD:..." in capitals
    // The same for every offer of one RTCPeerConnection: while it stays, the DTLS association stays too.
    std::string association;
};

class Session {
 public:
    enum class State { kNew, kConnecting, kConnected, kFailed };
    enum class Kind {
        kHandled,    // a check or a part of the handshake
        kMedia,      // `packet` is plain RTP
        kControl,    // `packet` is plain RTCP
        kForeign,    // from nobody we know, or not authentic
        kMalformed,  // of no protocol that shares the port
    };
    struct Received {
        Kind kind = Kind::kHandled;
        std::span<uint8_t> packet;  // in the datagram's place
    };
    using Send = std::function<void(std::span<const uint8_t>, const rtp::Address&)>;

    // The certificate outlives the session.
    Session(const Certificate& certificate, Send send) : certificate_(certificate), send_(std::move(send)) {}

    // A first offer, an ICE restart (same association: the keys stay), or another page's (they go).
    void Connect(const SessionParameters& parameters, SteadyTime now);

    Received OnDatagram(std::span<uint8_t> datagram, const rtp::Address& from, SteadyTime now);
    // Every 20 ms to 200 ms.
    void Tick();

    // `buffer` begins with `size` bytes of a packet and has kSrtpRoom more. Sends it to the peer; false when there is
    // no way.
    bool SendMedia(std::span<uint8_t> buffer, size_t size);
    bool SendControl(std::span<uint8_t> buffer, size_t size);
    bool CanSend() const { return srtp_.has_value() && !peer_.empty(); }

    State state() const { return state_; }
    // When the peer last proved that it is there: by a check or a packet.
    SteadyTime heard_at() const { return heard_at_; }
    const rtp::Address& peer() const { return peer_; }

 private:
    Kind OnStun(std::span<const uint8_t> datagram, const rtp::Address& from, SteadyTime now);
    Kind OnDtls(std::span<const uint8_t> datagram, const rtp::Address& from);
    Received OnSrtp(std::span<uint8_t> datagram, const rtp::Address& from, SteadyTime now);
    bool IsValid(const rtp::Address& from) const;
    void Validate(const rtp::Address& from, bool nominated);
    void Settle();

    const Certificate& certificate_;
    Send send_;
    SessionParameters parameters_;
    std::vector<rtp::Address> valid_;  // by ICE, the latest last
    rtp::Address peer_;                // the nominated one; where everything is sent
    std::unique_ptr<Dtls> dtls_;
    std::optional<Srtp> srtp_;
    State state_ = State::kNew;
    SteadyTime heard_at_{};
};

// Random ufrag and password of enough letters (RFC 8445 section 5.3), and other secrets.
std::string RandomText(size_t length);

}  // namespace trunkline::webrtc

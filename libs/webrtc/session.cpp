// What each datagram means.
#include "webrtc/session.hpp"

#include <openssl/rand.h>

#include <algorithm>
#include <array>

namespace trunkline::webrtc {
namespace {

// Interfaces of the peer's machine and mappings of its NATs; more need not be remembered.
constexpr size_t kMostValid = 8;
constexpr size_t kShortestDatagram = 12;

// First bytes of RFC 7983, and the packet types that tell RTCP from RTP (RFC 5761 section 4).
bool IsStun(uint8_t first) { return first < 4; }
bool IsDtls(uint8_t first) { return first >= 20 && first < 64; }
bool IsRtp(uint8_t first) { return first >= 128 && first < 192; }
bool IsControl(uint8_t second) { return second >= 192 && second < 224; }

}  // namespace

void Session::Connect(const SessionParameters& parameters, SteadyTime now) {
    const bool same = dtls_ != nullptr && state_ != State::kFailed &&
                      parameters.association == parameters_.association &&
                      parameters.peer_fingerprint == parameters_.peer_fingerprint;
    const bool restarted =
        parameters.peer_ufrag != parameters_.peer_ufrag || parameters.local_ufrag != parameters_.local_ufrag;
    parameters_ = parameters;
    heard_at_ = now;
    // A restart leaves the old path in use until a new one is validated (RFC 8445 section 2.4).
    if (same && restarted) valid_.clear();
    if (same) {
        if (!peer_.empty()) Validate(peer_, false);
        return;
    }
    valid_.clear();
    peer_ = {};
    srtp_.reset();
    state_ = State::kConnecting;
    dtls_ = std::make_unique<Dtls>(certificate_, DtlsRole::kServer, parameters_.peer_fingerprint,
                                   [this](std::span<const uint8_t> datagram) {
                                       if (!peer_.empty()) send_(datagram, peer_);
                                   });
}

Session::Received Session::OnDatagram(std::span<uint8_t> datagram, const rtp::Address& from, SteadyTime now) {
    if (datagram.size() < kShortestDatagram) return {Kind::kMalformed, {}};
    if (IsRtp(datagram[0])) return OnSrtp(datagram, from, now);
    if (IsStun(datagram[0])) return {OnStun(datagram, from, now), {}};
    if (IsDtls(datagram[0])) return {OnDtls(datagram, from), {}};
    return {Kind::kMalformed, {}};
}

Session::Kind Session::OnStun(std::span<const uint8_t> datagram, const rtp::Address& from, SteadyTime now) {
    const auto message = ParseStun(datagram);
    if (!message || message->type != kBindingRequest || !message->has_fingerprint || message->has_unknown) {
        return Kind::kMalformed;
    }
    const std::string expected = parameters_.local_ufrag + ":" + parameters_.peer_ufrag;
    if (parameters_.local_ufrag.empty() || message->username != expected ||
        !IsAuthentic(datagram, *message, parameters_.local_password)) {
        return Kind::kForeign;
    }
    heard_at_ = now;
    Validate(from, message->use_candidate);
    send_(WriteBindingResponse(message->transaction, from, parameters_.local_password), from);
    return Kind::kHandled;
}

void Session::Validate(const rtp::Address& from, bool nominated) {
    if (!IsValid(from)) {
        if (valid_.size() >= kMostValid) valid_.erase(valid_.begin());
        valid_.push_back(from);
    }
    // The peer nominates again when its network changes; the last word counts.
    if (nominated || peer_.empty()) peer_ = from;
}

bool Session::IsValid(const rtp::Address& from) const {
    return std::find(valid_.begin(), valid_.end(), from) != valid_.end();
}

Session::Kind Session::OnDtls(std::span<const uint8_t> datagram, const rtp::Address& from) {
    if (dtls_ == nullptr || !IsValid(from)) return Kind::kForeign;
    dtls_->OnDatagram(datagram);
    Settle();
    return Kind::kHandled;
}

void Session::Settle() {
    if (dtls_->state() == Dtls::State::kConnected) {
        if (state_ == State::kConnected) return;
        auto made = Srtp::Make(dtls_->keys()->profile, dtls_->keys()->receive, dtls_->keys()->send);
        if (made) srtp_ = std::move(*made);
        state_ = made ? State::kConnected : State::kFailed;
    } else if (dtls_->state() != Dtls::State::kHandshake) {
        // The page said good-bye, or the handshake went wrong: only another Connect helps.
        srtp_.reset();
        state_ = State::kFailed;
    }
}

Session::Received Session::OnSrtp(std::span<uint8_t> datagram, const rtp::Address& from, SteadyTime now) {
    if (!srtp_ || !IsValid(from)) return {Kind::kForeign, {}};
    const bool control = IsControl(datagram[1]);
    const auto packet = control ? srtp_->OpenControl(datagram) : srtp_->Open(datagram);
    if (!packet) return {Kind::kForeign, {}};
    heard_at_ = now;
    return {control ? Kind::kControl : Kind::kMedia, *packet};
}

void Session::Tick() {
    if (dtls_ == nullptr || state_ != State::kConnecting || peer_.empty()) return;
    dtls_->Tick();
    Settle();
}

bool Session::SendMedia(std::span<uint8_t> buffer, size_t size) {
    const size_t length = CanSend() ? srtp_->Protect(buffer, size) : 0;
    if (length > 0) send_(buffer.first(length), peer_);
    return length > 0;
}

bool Session::SendControl(std::span<uint8_t> buffer, size_t size) {
    const size_t length = CanSend() ? srtp_->ProtectControl(buffer, size) : 0;
    if (length > 0) send_(buffer.first(length), peer_);
    return length > 0;
}

std::string RandomText(size_t length) {
    static constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::vector<uint8_t> random(length);
    std::string text;
    if (RAND_bytes(random.data(), static_cast<int>(length)) != 1) return text;
    for (const uint8_t byte : random) text += kLetters[byte % kLetters.size()];
    return text;
}

}  // namespace trunkline::webrtc

// libsrtp2 wrapped.
#include "webrtc/srtp.hpp"

#include <srtp2/srtp.h>

#include <algorithm>
#include <mutex>
#include <utility>

#include "rtp/bytes.hpp"

namespace trunkline::webrtc {
namespace {

constexpr size_t kMostStreams = 8;
constexpr size_t kHeaderBytes = 12;
constexpr size_t kControlHeaderBytes = 8;
// Packets that arrive this much out of order are still taken (RFC 3711 section 3.3.2).
constexpr unsigned long kReplayWindow = 1024;

bool LibraryReady() {
    static const bool ready = srtp_init() == srtp_err_status_ok;
    return ready;
}

srtp_t MakeSession(SrtpProfile profile, srtp_ssrc_type_t direction, const SrtpKey& key) {
    srtp_policy_t policy{};
    if (profile == SrtpProfile::kAesGcm128) {
        srtp_crypto_policy_set_aes_gcm_128_16_auth(&policy.rtp);
        srtp_crypto_policy_set_aes_gcm_128_16_auth(&policy.rtcp);
    } else {
        srtp_crypto_policy_set_rtp_default(&policy.rtp);
        srtp_crypto_policy_set_rtcp_default(&policy.rtcp);
    }
    auto bytes = key.bytes;
    policy.ssrc.type = direction;
    policy.key = bytes.data();
    policy.window_size = kReplayWindow;
    srtp_t session = nullptr;
    return srtp_create(&session, &policy) == srtp_err_status_ok ? session : nullptr;
}

}  // namespace

size_t KeyBytes(SrtpProfile) { return 16; }

size_t SaltBytes(SrtpProfile profile) { return profile == SrtpProfile::kAesGcm128 ? 12 : 14; }

Result<Srtp> Srtp::Make(SrtpProfile profile, const SrtpKey& receive, const SrtpKey& send) {
    Srtp made;
    const size_t wanted = KeyBytes(profile) + SaltBytes(profile);
    if (LibraryReady() && receive.bytes.size() == wanted && send.bytes.size() == wanted) {
        made.receive_ = MakeSession(profile, ssrc_any_inbound, receive);
        made.send_ = MakeSession(profile, ssrc_any_outbound, send);
    }
    if (made.receive_ == nullptr || made.send_ == nullptr) {
        return Error{Code::kInternal, "SRTP_FAILED", "libsrtp2 cannot make a session"};
    }
    return made;
}

Srtp::~Srtp() {
    if (receive_ != nullptr) srtp_dealloc(receive_);
    if (send_ != nullptr) srtp_dealloc(send_);
}

Srtp::Srtp(Srtp&& other) noexcept
    : receive_(std::exchange(other.receive_, nullptr)),
      send_(std::exchange(other.send_, nullptr)),
      heard_(std::move(other.heard_)) {}

Srtp& Srtp::operator=(Srtp&& other) noexcept {
    std::swap(receive_, other.receive_);
    std::swap(send_, other.send_);
    std::swap(heard_, other.heard_);
    return *this;
}

bool Srtp::MayUse(uint32_t ssrc) const {
    return heard_.size() < kMostStreams || std::find(heard_.begin(), heard_.end(), ssrc) != heard_.end();
}

void Srtp::Remember(uint32_t ssrc) {
    if (std::find(heard_.begin(), heard_.end(), ssrc) == heard_.end()) heard_.push_back(ssrc);
}

std::optional<std::span<uint8_t>> Srtp::Open(std::span<uint8_t> packet) {
    if (packet.size() < kHeaderBytes) return std::nullopt;
    const uint32_t ssrc = rtp::Read32(&packet[8]);
    int length = static_cast<int>(packet.size());
    if (!MayUse(ssrc) || srtp_unprotect(receive_, packet.data(), &length) != srtp_err_status_ok) return std::nullopt;
    Remember(ssrc);
    return packet.first(static_cast<size_t>(length));
}

std::optional<std::span<uint8_t>> Srtp::OpenControl(std::span<uint8_t> packet) {
    if (packet.size() < kControlHeaderBytes) return std::nullopt;
    const uint32_t ssrc = rtp::Read32(&packet[4]);
    int length = static_cast<int>(packet.size());
    if (!MayUse(ssrc) || srtp_unprotect_rtcp(receive_, packet.data(), &length) != srtp_err_status_ok) {
        return std::nullopt;
    }
    Remember(ssrc);
    return packet.first(static_cast<size_t>(length));
}

size_t Srtp::Protect(std::span<uint8_t> buffer, size_t size) {
    if (size < kHeaderBytes || buffer.size() < size + kSrtpRoom) return 0;
    int length = static_cast<int>(size);
    return srtp_protect(send_, buffer.data(), &length) == srtp_err_status_ok ? static_cast<size_t>(length) : 0;
}

size_t Srtp::ProtectControl(std::span<uint8_t> buffer, size_t size) {
    if (size < kControlHeaderBytes || buffer.size() < size + kSrtpRoom) return 0;
    int length = static_cast<int>(size);
    return srtp_protect_rtcp(send_, buffer.data(), &length) == srtp_err_status_ok ? static_cast<size_t>(length) : 0;
}

}  // namespace trunkline::webrtc

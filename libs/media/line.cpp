// The line of a browser.
#include "media/line.hpp"

#include <algorithm>
#include <array>

namespace trunkline::media {
namespace {

constexpr Duration kLostAfter = std::chrono::seconds(5);
constexpr size_t kLongestPacket = 1400;

using Buffer = std::array<uint8_t, kLongestPacket + webrtc::kSrtpRoom>;

bool Copy(std::span<const uint8_t> packet, Buffer& buffer) {
    if (packet.size() > kLongestPacket) return false;
    std::copy(packet.begin(), packet.end(), buffer.begin());
    return true;
}

}  // namespace

Line::Line(LegId id, UdpSocket socket, const webrtc::Certificate& certificate, SendStream first)
    : id_(std::move(id)),
      socket_(std::move(socket)),
      stream_(first),
      session_(certificate,
               [this](std::span<const uint8_t> datagram, const rtp::Address& to) { socket_.Send(datagram, to); }) {}

Line::Grip Line::Take(uint64_t turn) {
    if (turn < turn_.load(std::memory_order_acquire)) return Grip::kStale;
    if (is_held_.exchange(true, std::memory_order_acq_rel)) return Grip::kWait;
    turn_.store(turn, std::memory_order_release);
    return Grip::kTaken;
}

void Line::Connect(const webrtc::SessionParameters& parameters) {
    const std::scoped_lock lock(mutex_);
    offered_ = parameters;
    is_offered_ = true;
}

void Line::Send(std::span<const uint8_t> packet) {
    Buffer buffer;
    if (Copy(packet, buffer)) session_.SendMedia(buffer, packet.size());
}

void Line::SendBatch(std::span<const iovec> packets) {
    for (const iovec& packet : packets) Send({static_cast<const uint8_t*>(packet.iov_base), packet.iov_len});
}

void Line::SendControl(std::span<const uint8_t> packet) {
    Buffer buffer;
    if (Copy(packet, buffer)) session_.SendControl(buffer, packet.size());
}

bool Line::Tick(SteadyTime now) {
    if (is_offered_.exchange(false)) {
        const std::scoped_lock lock(mutex_);
        session_.Connect(*offered_, now);
    }
    session_.Tick();
    LineState state = LineState::kNew;
    switch (session_.state()) {
        case webrtc::Session::State::kNew:
            break;
        case webrtc::Session::State::kConnecting:
            state = LineState::kConnecting;
            break;
        case webrtc::Session::State::kConnected:
            state = LineState::kConnected;
            break;
        case webrtc::Session::State::kFailed:
            state = LineState::kFailed;
            break;
    }
    const bool is_silent = now - session_.heard_at() >= kLostAfter;
    if (is_silent && (state == LineState::kConnecting || state == LineState::kConnected)) state = LineState::kLost;
    return std::exchange(state_, state) != state;
}

}  // namespace trunkline::media

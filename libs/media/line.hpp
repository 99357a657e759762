// The line of a browser: a port with a WebRTC session and the one RTP stream that the browser is sent. It outlives the
// legs that are heard on it, one at a time; only the leg that holds it touches it, on that leg's thread.
#pragma once
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>

#include "clock/clock.hpp"
#include "ids/ids.hpp"
#include "media/send_stream.hpp"
#include "media/types.hpp"
#include "media/udp_socket.hpp"
#include "webrtc/session.hpp"

namespace trunkline::media {

class Line {
 public:
    Line(LegId id, UdpSocket socket, const webrtc::Certificate& certificate, SendStream first);

    const LegId& id() const { return id_; }
    const UdpSocket& socket() const { return socket_; }
    SendStream& stream() { return stream_; }

    // ---- any thread ----
    // Takes the line for the holder of `turn`. kWait: the holder before has not let go yet. kStale: a later one has had
    // it already.
    enum class Grip { kTaken, kWait, kStale };
    Grip Take(uint64_t turn);
    void LetGo() { is_held_.store(false, std::memory_order_release); }
    // Takes effect with the next tick, whoever holds the line then.
    void Connect(const webrtc::SessionParameters& parameters);

    // ---- the holder ----
    webrtc::Session::Received Open(std::span<uint8_t> datagram, const rtp::Address& from, SteadyTime now) {
        return session_.OnDatagram(datagram, from, now);
    }
    bool CanSend() const { return session_.CanSend(); }
    void Send(std::span<const uint8_t> packet);
    void SendBatch(std::span<const iovec> packets);
    void SendControl(std::span<const uint8_t> packet);
    SteadyTime heard_at() const { return session_.heard_at(); }
    // True when the state changed since the last tick.
    bool Tick(SteadyTime now);
    LineState state() const { return state_; }

 private:
    const LegId id_;
    UdpSocket socket_;
    SendStream stream_;
    webrtc::Session session_;
    LineState state_ = LineState::kNew;
    std::mutex mutex_;
    std::optional<webrtc::SessionParameters> offered_;  // guarded by mutex_
    std::atomic<bool> is_offered_{false};
    std::atomic<bool> is_held_{false};
    std::atomic<uint64_t> turn_{0};
};

}  // namespace trunkline::media

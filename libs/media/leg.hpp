// One leg: its RTP session with the peer, what it hears and what it says. Lives on one media thread.
//
// What is sent in a tick, first match: digits, the prompt, the bridge (relayed packets or the mix), silence.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "clock/clock.hpp"
#include "media/engine_counters.hpp"
#include "media/jitter_buffer.hpp"
#include "media/line.hpp"
#include "media/player.hpp"
#include "media/recording_tap.hpp"
#include "media/send_stream.hpp"
#include "media/types.hpp"
#include "media/udp_socket.hpp"
#include "rtp/packet.hpp"
#include "rtp/source_lock.hpp"
#include "rtp/statistics.hpp"
#include "rtp/telephone_event.hpp"

namespace trunkline::media {

// What every leg uses of its engine.
struct LegContext {
    const Clock& clock;
    const std::function<void(Event)>& tell;
    EngineCounters& counters;
    Duration media_timeout;
};

// The two sockets of a leg and the random start of its stream (RFC 3550 section 5.1).
struct LegPorts {
    UdpSocket rtp;
    UdpSocket control;
    uint32_t ssrc = 0;
    uint16_t first_sequence = 0;
    uint32_t first_timestamp = 0;
};

class Leg {
 public:
    Leg(LegId id, LegPorts ports, rtp::SourceMode mode, LegContext context);
    // A leg that is heard while it holds a line.
    Leg(LegId id, LineLegOptions options, LegContext context);
    ~Leg();

    const LegId& id() const { return id_; }
    // Of the line while there is one.
    const UdpSocket& rtp() const { return line_ ? line_->socket() : rtp_; }
    const UdpSocket& control() const { return control_; }
    const Remote& remote() const { return remote_; }
    bool has_remote() const { return has_remote_; }

    // ---- commands ----
    void SetRemote(const Remote& remote, SteadyTime now);
    void Mute(bool muted) { muted_ = muted; }
    void Play(const PlayId& play, std::vector<Piece> pieces, const PlayOptions& options);
    void StopPlay(const PlayId& play);
    void SendDigits(std::string_view digits);
    void AddTap(RecordingTap tap) { taps_.push_back(std::move(tap)); }
    void RemoveTap(const Journal* journal);
    // Tells the last events.
    void Close(SteadyTime now);
    // The peer's keys, told to us by signalling instead of by its media.
    void PressDigits(std::string_view digits);

    // ---- the line ----
    // The line was taken for this leg.
    void HoldLine(std::shared_ptr<Line> line);
    // Lets it go, if the leg has it.
    void LetLineGo();
    Line* line() const { return line_.get(); }

    // ---- the bridge ----
    // Packets go to `listener` as they come; nullptr ends that.
    void RelayTo(Leg* listener) { relay_to_ = listener; }
    // Audio is kept for Pull.
    void Mixing(bool mixing);
    // Who shall be sent this leg's digits while mixing.
    void DigitListeners(std::vector<Leg*> listeners) { digit_listeners_ = std::move(listeners); }
    // The next 20 ms of what the leg says; false if it is silent, muted or not mixing.
    bool Pull(Frame& frame);
    // What the leg shall hear in this tick.
    void OfferMix(const Frame& frame);

    // ---- the thread ----
    // Both read the socket empty.
    void ReceiveMedia(ReceiveBatch& batch, SteadyTime now);
    void ReceiveControl(ReceiveBatch& batch, SteadyTime now);
    void Tick(SteadyTime now);

 private:
    bool MaySend() const;
    bool MayReceive() const;
    void OnBatch(ReceiveBatch& batch, size_t count, SteadyTime now);
    // The packet of media in a datagram of the line; empty if it was something else.
    std::span<uint8_t> OpenLine(std::span<uint8_t> datagram, const rtp::Address& from, SteadyTime now);
    void TickLine(SteadyTime now);
    SendStream& stream() { return line_ ? line_->stream() : stream_; }
    void OnReport(std::span<const uint8_t> datagram, const rtp::Address& from, SteadyTime now);
    void CountMalformed();
    void CountForeign();
    bool Genuine(const rtp::Header& header, const rtp::Address& from, SteadyTime now);
    void OnPacket(rtp::Packet& packet, SteadyTime now);
    void OnAudio(rtp::Packet& packet, SteadyTime now);
    void OnDigitPacket(rtp::Packet& packet, SteadyTime now);
    void OnDigit(const rtp::Digit& digit, SteadyTime now);
    void Relay(rtp::Packet& packet, bool digit, SteadyTime now);
    void Flush();
    bool TickDigits(SteadyTime now);
    bool TickPlay(SteadyTime now);
    void TickSupervision(SteadyTime now);
    void SendFrame(const Frame& frame, bool prompt, SteadyTime now);
    void SendSilence(SteadyTime now);
    bool IsSilenceDue(SteadyTime now);
    void SendBytes(std::span<const uint8_t> encoded, bool prompt, SteadyTime now);
    void SendPacket(std::span<uint8_t> packet);
    void SendReport(SteadyTime now);
    void EndPlay(PlayResult result);

    const LegId id_;
    UdpSocket rtp_;
    UdpSocket control_;
    LegContext context_;
    const bool is_line_leg_;
    std::shared_ptr<Line> line_;
    Remote remote_;
    bool has_remote_ = false;
    bool muted_ = false;

    rtp::SourceLock lock_;
    uint32_t received_ssrc_ = 0;
    rtp::ReceiveStatistics received_;
    LegStatistics statistics_;
    SteadyTime heard_at_{};
    bool timeout_told_ = false;
    rtp::DigitReceiver digit_receiver_;

    SendStream stream_;
    // Payload under construction, behind room for the header.
    std::vector<uint8_t> packet_;
    uint64_t payload_bytes_sent_ = 0;
    std::vector<iovec> relayed_;
    SteadyTime relayed_at_{};
    SteadyTime sounded_at_{};  // a prompt, digit or mix was sent
    SteadyTime next_silence_{};
    rtp::DigitSender digit_sender_;
    Player in_band_digits_;

    Player player_;
    std::optional<PlayId> play_;
    bool barge_in_ = false;

    Leg* relay_to_ = nullptr;
    std::vector<Leg*> digit_listeners_;
    std::unique_ptr<JitterBuffer> jitter_;
    Frame mix_{};
    bool has_mix_ = false;
    std::vector<RecordingTap> taps_;

    SteadyTime report_due_{};
    uint32_t sender_report_ = 0;
    SteadyTime sender_report_at_{};
};

}  // namespace trunkline::media

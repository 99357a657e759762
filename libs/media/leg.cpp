// One leg: commands, what it sends, and its supervision. What it receives is in leg_receive.cpp.
#include "media/leg.hpp"

#include <algorithm>
#include <utility>

#include "media/g711.hpp"
#include "rtp/control.hpp"

namespace trunkline::media {
namespace {

constexpr Duration kReportInterval = std::chrono::seconds(5);
// Silence of the speaker for this long is no jitter: the leg's own silence steps in.
constexpr Duration kRelayPause = std::chrono::milliseconds(100);
constexpr Duration kSilenceRun = std::chrono::milliseconds(300);
constexpr Duration kSilenceEvery = std::chrono::seconds(1);
constexpr size_t kDigitSamples = 100 * kSamplesPerMilli;
constexpr size_t kCommaSamples = 1000 * kSamplesPerMilli;

size_t PacketSamples(int millis) {
    const bool usable = millis >= 10 && millis <= 60 && millis % 10 == 0;
    return static_cast<size_t>(usable ? millis : kFrameMillis) * kSamplesPerMilli;
}

bool IsUnspecified(const rtp::Address& address) { return address.port == 0 || address.ip == std::array<uint8_t, 16>{}; }

std::vector<Piece> DigitPieces(std::string_view digits) {
    std::vector<Piece> pieces;
    for (const char digit : digits) {
        if (digit == ',') {
            pieces.push_back({nullptr, std::nullopt, kCommaSamples});
            continue;
        }
        pieces.push_back({nullptr, DigitTone(digit), kDigitSamples});
        pieces.push_back({nullptr, std::nullopt, kDigitSamples});
    }
    return pieces;
}

}  // namespace

Leg::Leg(LegId id, LegPorts ports, rtp::SourceMode mode, LegContext context)
    : id_(std::move(id)),
      rtp_(std::move(ports.rtp)),
      control_(std::move(ports.control)),
      context_(context),
      is_line_leg_(false),
      lock_(mode),
      stream_(ports.ssrc, ports.first_sequence, ports.first_timestamp),
      packet_(rtp::kHeaderBytes) {}

Leg::Leg(LegId id, LineLegOptions options, LegContext context)
    : id_(std::move(id)),
      context_{context.clock, context.tell, context.counters, options.media_timeout},
      is_line_leg_(true),
      lock_(rtp::SourceMode::kStrict),
      stream_(0, 0, 0),
      packet_(rtp::kHeaderBytes) {}

Leg::~Leg() { LetLineGo(); }

void Leg::HoldLine(std::shared_ptr<Line> line) {
    line_ = std::move(line);
    received_ssrc_ = 0;
    digit_receiver_ = {};
    packet_.resize(rtp::kHeaderBytes);
}

void Leg::LetLineGo() {
    if (const auto line = std::exchange(line_, nullptr)) line->LetGo();
}

void Leg::PressDigits(std::string_view digits) {
    for (const char digit : digits) context_.tell(DigitPressed{id_, digit, 100, context_.clock.Now()});
    if (muted_) return;
    for (Leg* listener : digit_listeners_) listener->SendDigits(digits);
    if (relay_to_ != nullptr) relay_to_->SendDigits(digits);
}

void Leg::SetRemote(const Remote& remote, SteadyTime now) {
    lock_.Signal(remote.address, now, remote.fresh_stream);
    if (remote.fresh_stream) digit_receiver_ = {};
    if (remote.codec != remote_.codec) packet_.resize(rtp::kHeaderBytes);
    remote_ = remote;
    if (!has_remote_) sounded_at_ = now;
    has_remote_ = true;
    heard_at_ = now;
    timeout_told_ = false;
    if (report_due_ == SteadyTime{}) report_due_ = now + kReportInterval;
}

void Leg::Play(const PlayId& play, std::vector<Piece> pieces, const PlayOptions& options) {
    EndPlay(PlayResult::kStopped);
    play_ = play;
    barge_in_ = options.barge_in;
    player_.Start(std::move(pieces), options.loop);
}

void Leg::StopPlay(const PlayId& play) {
    if (play == play_) EndPlay(PlayResult::kStopped);
}

void Leg::EndPlay(PlayResult result) {
    if (!play_) return;
    player_.Stop();
    context_.tell(PlayDone{id_, *std::exchange(play_, std::nullopt), result});
}

void Leg::SendDigits(std::string_view digits) {
    if (remote_.send_digit_type) {
        digit_sender_.Add(digits);
    } else {
        in_band_digits_.Add(DigitPieces(digits));
    }
}

void Leg::RemoveTap(const Journal* journal) {
    std::erase_if(taps_, [&](const RecordingTap& tap) { return tap.journal() == journal; });
}

void Leg::Close(SteadyTime now) {
    EndPlay(PlayResult::kStopped);
    if (const auto digit = digit_receiver_.Expire(now)) OnDigit(*digit, now);
    statistics_.packets_lost = received_.Lost();
    statistics_.jitter_millis = received_.JitterMillis();
    context_.tell(LegClosed{id_, statistics_});
}

void Leg::Mixing(bool mixing) {
    if (!mixing) {
        jitter_.reset();
        has_mix_ = false;
    } else if (!jitter_) {
        jitter_ = std::make_unique<JitterBuffer>();
    }
}

bool Leg::Pull(Frame& frame) { return jitter_ && jitter_->Pull(frame) && !muted_; }

void Leg::OfferMix(const Frame& frame) {
    mix_ = frame;
    has_mix_ = true;
}

bool Leg::MaySend() const {
    if (is_line_leg_ && (line_ == nullptr || !line_->CanSend())) return false;
    const bool wanted = remote_.direction == Direction::kSendReceive || remote_.direction == Direction::kSendOnly;
    if (!has_remote_ || !wanted) return false;
    return is_line_leg_ || (!IsUnspecified(remote_.address) && !IsUnspecified(lock_.Target()));
}

bool Leg::MayReceive() const {
    return has_remote_ &&
           (remote_.direction == Direction::kSendReceive || remote_.direction == Direction::kReceiveOnly);
}

void Leg::Tick(SteadyTime now) {
    TickSupervision(now);
    const bool spoke = TickDigits(now) || TickPlay(now);
    if (!spoke && has_mix_) {
        SendFrame(mix_, false, now);
    } else if (!spoke && now - relayed_at_ > kRelayPause && IsSilenceDue(now)) {
        SendSilence(now);
    }
    if (spoke || has_mix_) sounded_at_ = now;
    has_mix_ = false;
}

// Every packet right after a sound, so that its end is heard as such; later a packet now and then.
bool Leg::IsSilenceDue(SteadyTime now) {
    const bool is_packet_begun = packet_.size() > rtp::kHeaderBytes;
    if (is_packet_begun || now - std::max(sounded_at_, relayed_at_) < kSilenceRun) return true;
    if (now < next_silence_) return false;
    next_silence_ = now + kSilenceEvery;
    return true;
}

bool Leg::TickDigits(SteadyTime now) {
    if (digit_sender_.busy()) {
        if (!remote_.send_digit_type) {
            digit_sender_.Clear();
            return false;
        }
        const auto digit = digit_sender_.Tick();
        if (!digit) {
            SendSilence(now);
            return true;
        }
        if (!MaySend()) return true;
        std::array<uint8_t, rtp::kHeaderBytes + 4> packet;
        rtp::WriteHeader(stream().MakeDigit(*remote_.send_digit_type, digit->first, now), packet.data());
        std::copy(digit->payload.begin(), digit->payload.end(), &packet[rtp::kHeaderBytes]);
        SendPacket(packet);
        return true;
    }
    if (!in_band_digits_.active()) return false;
    Frame frame;
    in_band_digits_.Fill(frame);
    SendFrame(frame, false, now);
    return true;
}

bool Leg::TickPlay(SteadyTime now) {
    if (!player_.active()) return false;
    Frame frame;
    const auto progress = player_.Fill(frame);
    SendFrame(frame, true, now);
    if (progress == Player::Progress::kFinished) EndPlay(PlayResult::kFinished);
    if (progress == Player::Progress::kFailed) EndPlay(PlayResult::kFailed);
    return true;
}

void Leg::TickLine(SteadyTime now) {
    if (line_ == nullptr) {
        // Without a line nobody can be heard, so nobody is missed.
        heard_at_ = now;
        return;
    }
    if (line_->Tick(now)) context_.tell(LineChanged{line_->id(), line_->state()});
    // A muted microphone sends nothing, but its browser goes on proving that it is there.
    heard_at_ = std::max(heard_at_, line_->heard_at());
}

void Leg::TickSupervision(SteadyTime now) {
    if (is_line_leg_) TickLine(now);
    if (!has_remote_) return;
    if (const auto digit = digit_receiver_.Expire(now)) OnDigit(*digit, now);
    // A leg that is held owes us nothing; its time starts again when it comes back.
    if (!MayReceive()) heard_at_ = now;
    if (now - heard_at_ >= context_.media_timeout && !timeout_told_) {
        timeout_told_ = true;
        context_.tell(MediaTimeout{id_});
    }
    if (now >= report_due_) SendReport(now);
}

void Leg::SendFrame(const Frame& frame, bool prompt, SteadyTime now) {
    std::array<uint8_t, kFrameSamples> encoded;
    Encode(remote_.codec, frame, encoded);
    SendBytes(encoded, prompt, now);
}

void Leg::SendSilence(SteadyTime now) {
    std::array<uint8_t, kFrameSamples> encoded;
    encoded.fill(SilenceByte(remote_.codec));
    SendBytes(encoded, false, now);
}

void Leg::SendBytes(std::span<const uint8_t> encoded, bool prompt, SteadyTime now) {
    if (!MaySend()) {
        packet_.resize(rtp::kHeaderBytes);
        return;
    }
    const size_t wanted = PacketSamples(remote_.packet_millis);
    while (!encoded.empty()) {
        const size_t count = std::min(encoded.size(), wanted - (packet_.size() - rtp::kHeaderBytes));
        packet_.insert(packet_.end(), encoded.begin(), encoded.begin() + static_cast<std::ptrdiff_t>(count));
        encoded = encoded.subspan(count);
        if (packet_.size() - rtp::kHeaderBytes < wanted) return;
        const auto payload_type = static_cast<uint8_t>(remote_.codec);
        const rtp::Header header = stream().Make(payload_type, static_cast<uint32_t>(wanted), now);
        rtp::WriteHeader(header, packet_.data());
        SendPacket(packet_);
        const auto payload = std::span<const uint8_t>(packet_).subspan(rtp::kHeaderBytes);
        if (prompt) {
            for (auto& tap : taps_) tap.OnPrompt(remote_.codec, header.timestamp, payload, now);
        }
        packet_.resize(rtp::kHeaderBytes);
    }
}

void Leg::SendPacket(std::span<uint8_t> packet) {
    if (line_) {
        line_->Send(packet);
    } else {
        rtp_.Send(packet, lock_.Target());
    }
    ++statistics_.packets_sent;
    payload_bytes_sent_ += packet.size() - rtp::kHeaderBytes;
    Count(context_.counters.packets_sent);
}

void Leg::SendReport(SteadyTime now) {
    report_due_ = now + kReportInterval;
    if (is_line_leg_ ? !MaySend() : IsUnspecified(lock_.Target())) return;
    // Says who we are without naming anybody (RFC 7022).
    const std::string cname = std::to_string(stream().ssrc());
    rtp::ControlOut out;
    out.ssrc = stream().ssrc();
    out.cname = cname;
    if (statistics_.packets_sent > 0) {
        out.sender = rtp::SenderInfo{context_.clock.Now(), stream().TimestampAt(now),
                                     static_cast<uint32_t>(statistics_.packets_sent),
                                     static_cast<uint32_t>(payload_bytes_sent_)};
    }
    if (received_.received() > 0) {
        out.heard = rtp::Heard{received_ssrc_, received_.Report(), sender_report_, now - sender_report_at_};
    }
    if (line_) {
        line_->SendControl(rtp::WriteControl(out));
        return;
    }
    rtp::Address to = lock_.Target();
    ++to.port;
    control_.Send(rtp::WriteControl(out), to);
}

}  // namespace trunkline::media

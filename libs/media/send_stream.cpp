// The one RTP stream a leg sends.
#include "media/send_stream.hpp"

#include "media/frame.hpp"

namespace trunkline::media {
namespace {

constexpr Duration kFrameTime = std::chrono::milliseconds(kFrameMillis);
// A packet this far behind is no late one: its sender began again.
constexpr int kRestart = 500;
// Ticks and network jitter are no silence.
constexpr Duration kTolerance = std::chrono::milliseconds(60);

Duration TimeOf(uint32_t samples) { return std::chrono::microseconds(samples * 1000ULL / kSamplesPerMilli); }

uint32_t SamplesIn(Duration time) { return static_cast<uint32_t>(time.count() / 1000 * kSamplesPerMilli / 1000); }

}  // namespace

SendStream::SendStream(uint32_t ssrc, uint16_t first_sequence, uint32_t first_timestamp)
    : ssrc_(ssrc), next_sequence_(first_sequence), next_timestamp_(first_timestamp) {}

rtp::Header SendStream::Make(uint8_t payload_type, uint32_t samples, SteadyTime now) {
    const bool silent = CatchUp(now, relaying_ ? kFrameTime : kTolerance);
    rtp::Header header{payload_type, silent || relaying_, next_sequence_++, next_timestamp_, ssrc_};
    relaying_ = false;
    next_timestamp_ += samples;
    due_ = (silent ? now : due_) + TimeOf(samples);
    return header;
}

rtp::Header SendStream::MakeDigit(uint8_t payload_type, bool first, SteadyTime now) {
    rtp::Header header = Make(payload_type, kFrameSamples, now);
    if (first) digit_timestamp_ = header.timestamp;
    header.timestamp = digit_timestamp_;
    header.marker = first;
    return header;
}

std::optional<rtp::Header> SendStream::Relay(const rtp::Header& in, uint8_t payload_type, uint32_t samples,
                                             SteadyTime now) {
    bool begins = false;
    const auto behind = static_cast<int16_t>(source_base_ - in.sequence);
    if (!relaying_ || source_ssrc_ != in.ssrc || behind > kRestart) {
        CatchUp(now, kFrameTime);
        begins = true;
        relaying_ = true;
        source_ssrc_ = in.ssrc;
        source_base_ = in.sequence;
        sequence_offset_ = static_cast<uint16_t>(next_sequence_ - in.sequence);
        timestamp_offset_ = next_timestamp_ - in.timestamp;
    } else if (behind > 0) {
        return std::nullopt;
    }
    rtp::Header out{payload_type, in.marker || begins, static_cast<uint16_t>(in.sequence + sequence_offset_),
                    in.timestamp + timestamp_offset_, ssrc_};
    if (!rtp::IsAfter(next_sequence_, out.sequence)) next_sequence_ = static_cast<uint16_t>(out.sequence + 1);
    const uint32_t end = out.timestamp + samples;
    if (static_cast<int32_t>(end - next_timestamp_) >= 0) next_timestamp_ = end;
    due_ = now + TimeOf(samples);
    // The base follows at a distance, so that 16 bits are enough for streams of any length.
    if (static_cast<uint16_t>(in.sequence - source_base_) > 0x4000) {
        source_base_ = static_cast<uint16_t>(in.sequence - 0x2000);
    }
    return out;
}

uint32_t SendStream::TimestampAt(SteadyTime now) const {
    return now >= due_ ? next_timestamp_ + SamplesIn(now - due_) : next_timestamp_ - SamplesIn(due_ - now);
}

bool SendStream::CatchUp(SteadyTime now, Duration tolerance) {
    if (due_ == SteadyTime{}) {
        due_ = now;
        return true;
    }
    if (now - due_ <= tolerance) return false;
    next_timestamp_ += SamplesIn(now - due_) / kFrameSamples * kFrameSamples;
    return true;
}

}  // namespace trunkline::media

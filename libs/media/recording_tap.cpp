// One leg's way into a recording.
#include "media/recording_tap.hpp"

#include <algorithm>
#include <cmath>

#include "media/frame.hpp"

namespace trunkline::media {
namespace {

constexpr uint8_t kPromptLeg = 255;
constexpr int64_t kJump = 200 * kSamplesPerMilli;
constexpr double kTolerance = 20 * kSamplesPerMilli;

}  // namespace

uint64_t StreamPlacer::Place(uint32_t timestamp, uint32_t samples, uint64_t arrival) {
    // A packet arrives when its last sample was spoken.
    const int64_t by_clock = static_cast<int64_t>(arrival) - samples;
    const int64_t by_timestamp = last_position_ + static_cast<int32_t>(timestamp - last_timestamp_);
    const int64_t off = by_clock - by_timestamp;
    int64_t position = by_timestamp;
    deviation_ += (static_cast<double>(off) - deviation_) / 64;
    if (!started_ || std::abs(off) > kJump || std::abs(deviation_) > kTolerance) {
        const bool drift = started_ && std::abs(off) <= kJump;
        started_ = true;
        position = drift ? by_timestamp + std::llround(deviation_) : by_clock;
        deviation_ = 0;
    }
    last_position_ = position;
    last_timestamp_ = timestamp;
    return static_cast<uint64_t>(std::max<int64_t>(0, position));
}

void RecordingTap::OnReceived(Codec codec, uint32_t timestamp, std::span<const uint8_t> payload, SteadyTime now) {
    const auto samples = static_cast<uint32_t>(payload.size());
    const uint64_t start = received_.Place(timestamp, samples, journal_->PositionAt(now));
    journal_->Append({FrameKind::kAudio, side_, codec, leg_, start, samples, payload});
}

void RecordingTap::OnPrompt(Codec codec, uint32_t timestamp, std::span<const uint8_t> payload, SteadyTime now) {
    if (side_ != Side::kLeft) return;
    const auto samples = static_cast<uint32_t>(payload.size());
    const uint64_t start = prompt_.Place(timestamp, samples, journal_->PositionAt(now));
    journal_->Append({FrameKind::kAudio, Side::kRight, codec, kPromptLeg, start, samples, payload});
}

}  // namespace trunkline::media

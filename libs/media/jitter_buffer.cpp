// Evens out the arrival of packets.
#include "media/jitter_buffer.hpp"

#include <algorithm>

namespace trunkline::media {
namespace {

constexpr int kStartDelay = 40 * kSamplesPerMilli;
constexpr int kLongestDelay = 100 * kSamplesPerMilli;
// When all packets of 2 s came with this much to spare, 20 ms of delay are given back.
constexpr int kSpare = 60 * kSamplesPerMilli;
constexpr int kPullsToAdapt = 100;

}  // namespace

void JitterBuffer::Put(Codec codec, uint32_t timestamp, std::span<const uint8_t> payload) {
    constexpr auto kRoom = static_cast<int64_t>(kCapacity);
    const auto length = static_cast<int64_t>(payload.size());
    if (!started_) Restart(timestamp);
    int64_t ahead = static_cast<int32_t>(timestamp - read_);
    if (ahead < -kRoom || ahead + length > kRoom) {
        Restart(timestamp);
        ahead = delay_;
    }
    while (ahead < 0 && delay_ < kLongestDelay) {
        read_ -= kFrameSamples;
        delay_ += kFrameSamples;
        ahead += kFrameSamples;
    }
    if (ahead < 0 || ahead + length > kRoom) return;
    least_ahead_ = std::min(least_ahead_, static_cast<int>(ahead));
    for (size_t i = 0; i < payload.size(); ++i) {
        const size_t cell = (timestamp + i) % kCapacity;
        samples_[cell] = Decode(codec, payload[i]);
        present_.set(cell);
    }
}

bool JitterBuffer::Pull(Frame& frame) {
    frame.fill(0);
    if (!started_) return false;
    Adapt();
    bool any = false;
    for (size_t i = 0; i < frame.size(); ++i) {
        const size_t cell = (read_ + i) % kCapacity;
        if (!present_.test(cell)) continue;
        frame[i] = samples_[cell];
        present_.reset(cell);
        any = true;
    }
    read_ += kFrameSamples;
    if (any) {
        misses_ = 0;
        last_ = frame;
        return true;
    }
    if (++misses_ > 1) return false;
    std::transform(last_.begin(), last_.end(), frame.begin(), [](int16_t s) { return static_cast<int16_t>(s / 2); });
    return true;
}

void JitterBuffer::Restart(uint32_t timestamp) {
    present_.reset();
    delay_ = kStartDelay;
    read_ = timestamp - kStartDelay;
    least_ahead_ = INT_MAX;
    pulls_ = 0;
    misses_ = 1;
    started_ = true;
}

void JitterBuffer::Adapt() {
    if (++pulls_ < kPullsToAdapt) return;
    pulls_ = 0;
    if (least_ahead_ != INT_MAX && least_ahead_ >= kSpare) {
        for (uint32_t i = 0; i < kFrameSamples; ++i) present_.reset((read_ + i) % kCapacity);
        read_ += kFrameSamples;
        delay_ -= kFrameSamples;
    }
    least_ahead_ = INT_MAX;
}

}  // namespace trunkline::media

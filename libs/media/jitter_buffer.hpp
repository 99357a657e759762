// Evens out the arrival of packets for decoding and mixing: 40 ms of delay, more (up to 100 ms) when packets come late,
// less again when they do not.
#pragma once
#include <array>
#include <bitset>
#include <climits>
#include <cstdint>
#include <span>

#include "media/frame.hpp"
#include "media/g711.hpp"

namespace trunkline::media {

class JitterBuffer {
 public:
    // Packets may come doubled, reordered or not at all.
    void Put(Codec codec, uint32_t timestamp, std::span<const uint8_t> payload);

    // The next 20 ms, to be called every 20 ms. False: nothing is there, `frame` is silence. A single lost frame is
    // covered by a softer copy of the one before.
    bool Pull(Frame& frame);

    int delay_millis() const { return delay_ / kSamplesPerMilli; }

 private:
    static constexpr size_t kCapacity = 4096;  // 512 ms; a power of two, so that the timestamp's circle fits
    void Restart(uint32_t timestamp);
    void Adapt();

    std::array<int16_t, kCapacity> samples_{};
    std::bitset<kCapacity> present_;
    Frame last_{};
    uint32_t read_ = 0;
    int delay_ = 0;
    int least_ahead_ = INT_MAX;
    int pulls_ = 0;
    int misses_ = 0;
    bool started_ = false;
};

}  // namespace trunkline::media

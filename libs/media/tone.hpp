// Tones: made for progress signals and in-band digits (ITU-T Q.23), found again with the Goertzel algorithm.
#pragma once
#include <cstdint>
#include <optional>
#include <span>

namespace trunkline::media {

// One or two sines. `level` is the peak of each, 0..16383; `second_hz` 0 means a single sine.
struct Tone {
    double first_hz = 0;
    double second_hz = 0;
    int level = 8000;

    bool operator==(const Tone&) const = default;
};

// The dual tone of a digit 0-9 * # A-D (ITU-T Q.23); nothing for other characters.
std::optional<Tone> DigitTone(char digit);

// Makes a tone without a click between calls: the phase goes on.
class ToneGenerator {
 public:
    explicit ToneGenerator(const Tone& tone);
    void Fill(std::span<int16_t> samples);

 private:
    Tone tone_;
    double first_phase_ = 0;
    double second_phase_ = 0;
};

// Peak of the sine of `hz` within the samples (0..32767). Resolution is 8000 / samples.size() Hz.
double ToneLevel(std::span<const int16_t> samples, double hz);

// True if the sine of `hz` carries at least half of the energy and is louder than -46 dBm0 or so (peak 100).
bool HasTone(std::span<const int16_t> samples, double hz);

}  // namespace trunkline::media

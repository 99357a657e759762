// A pentatonic melody in soft sines, about 13 s, ready to be looped.
#include "trunk/adapters/music.hpp"

#include <array>
#include <cmath>
#include <numbers>

namespace trunkline::trunk {
namespace {

constexpr double kSamplesPerSecond = 8000;
constexpr double kBeatSeconds = 0.4;

struct Note {
    double hertz;  // 0: rest
    int beats;
};

constexpr std::array kMelody{
    Note{392.00, 1}, Note{440.00, 1}, Note{523.25, 2}, Note{440.00, 1}, Note{392.00, 1}, Note{329.63, 2},
    Note{293.66, 1}, Note{329.63, 1}, Note{392.00, 2}, Note{329.63, 1}, Note{293.66, 1}, Note{261.63, 2},
    Note{329.63, 1}, Note{392.00, 1}, Note{440.00, 2}, Note{523.25, 1}, Note{440.00, 1}, Note{392.00, 2},
    Note{329.63, 1}, Note{293.66, 1}, Note{261.63, 3}, Note{0, 2},
};

// A plucked sound: quick rise, slow fall, one overtone.
int16_t Sample(double hertz, double second, double length) {
    const double envelope = std::min(second / 0.02, 1.0) * std::exp(-2.5 * second / length);
    const double phase = 2 * std::numbers::pi * hertz * second;
    return static_cast<int16_t>(5000 * envelope * (std::sin(phase) + 0.3 * std::sin(2 * phase)));
}

}  // namespace

media::Wav MakeMusic() {
    media::Wav wav;
    for (const Note& note : kMelody) {
        const double length = note.beats * kBeatSeconds;
        const int samples = static_cast<int>(length * kSamplesPerSecond);
        for (int i = 0; i < samples; ++i) {
            wav.samples.push_back(Sample(note.hertz, i / kSamplesPerSecond, length));
        }
    }
    return wav;
}

}  // namespace trunkline::trunk

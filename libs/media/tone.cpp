// Tones, made and found.
#include "media/tone.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string_view>

#include "media/frame.hpp"

namespace trunkline::media {
namespace {

constexpr double kTurn = 2 * std::numbers::pi;
constexpr double kQuiet = 100;

double Advance(double phase, double hz) { return std::fmod(phase + kTurn * hz / kSampleRate, kTurn); }

}  // namespace

std::optional<Tone> DigitTone(char digit) {
    constexpr std::string_view kKeys = "123A456B789C*0#D";
    constexpr std::array<double, 4> kRows = {697, 770, 852, 941};
    constexpr std::array<double, 4> kColumns = {1209, 1336, 1477, 1633};
    const size_t key = kKeys.find(digit);
    if (key == std::string_view::npos) return std::nullopt;
    return Tone{kRows[key / 4], kColumns[key % 4], 6000};
}

ToneGenerator::ToneGenerator(const Tone& tone) : tone_(tone) {}

void ToneGenerator::Fill(std::span<int16_t> samples) {
    for (int16_t& sample : samples) {
        double value = std::sin(first_phase_);
        if (tone_.second_hz > 0) value += std::sin(second_phase_);
        sample = static_cast<int16_t>(std::clamp(value * tone_.level, -32768.0, 32767.0));
        first_phase_ = Advance(first_phase_, tone_.first_hz);
        second_phase_ = Advance(second_phase_, tone_.second_hz);
    }
}

double ToneLevel(std::span<const int16_t> samples, double hz) {
    if (samples.empty()) return 0;
    const double factor = 2 * std::cos(kTurn * hz / kSampleRate);
    double previous = 0;
    double before = 0;
    for (const int16_t sample : samples) {
        const double next = sample + factor * previous - before;
        before = previous;
        previous = next;
    }
    const double power = previous * previous + before * before - factor * previous * before;
    return 2 * std::sqrt(std::max(0.0, power)) / static_cast<double>(samples.size());
}

bool HasTone(std::span<const int16_t> samples, double hz) {
    const double level = ToneLevel(samples, hz);
    double energy = 0;
    for (const int16_t sample : samples) energy += static_cast<double>(sample) * sample;
    // A sine of peak `level` has the energy level²/2 a sample.
    return level > kQuiet && level * level / 2 * static_cast<double>(samples.size()) >= energy / 2;
}

}  // namespace trunkline::media

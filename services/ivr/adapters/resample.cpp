// A polyphase filter: the rates have few phases in common (22050 to 8000 Hz: 160), so its taps are computed once.
#include "ivr/adapters/resample.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace trunkline::ivr {
namespace {

constexpr int kZeroCrossings = 16;  // on each side
constexpr double kRollOff = 0.95;   // leaves room for the filter's slope below half the lower rate

double Sinc(double x) {
    const double angle = std::numbers::pi * x;
    return x == 0 ? 1 : std::sin(angle) / angle;
}

// Taps for an output sample that lies `offset` (0..1) after an input sample; they add up to 1.
std::vector<double> Taps(double offset, double cutoff, int reach) {
    std::vector<double> taps;
    for (int k = -reach + 1; k <= reach; ++k) {
        const double distance = k - offset;
        const double window =
            std::abs(distance) < reach ? std::pow(std::cos(std::numbers::pi * distance / (2.0 * reach)), 2) : 0;
        taps.push_back(Sinc(cutoff * distance) * window);
    }
    const double sum = std::accumulate(taps.begin(), taps.end(), 0.0);
    for (double& tap : taps) tap /= sum;
    return taps;
}

}  // namespace

std::vector<int16_t> Resample(std::span<const int16_t> samples, int from, int to) {
    const int divisor = std::gcd(from, to);
    const int64_t up = to / divisor;
    const int64_t down = from / divisor;
    const double cutoff = kRollOff * std::min(1.0, static_cast<double>(to) / from);
    const int reach = static_cast<int>(std::ceil(kZeroCrossings / cutoff));
    std::vector<std::vector<double>> phases;
    for (int64_t phase = 0; phase < up; ++phase) {
        phases.push_back(Taps(static_cast<double>(phase) / static_cast<double>(up), cutoff, reach));
    }
    const auto size = static_cast<int64_t>(samples.size());
    std::vector<int16_t> result(static_cast<size_t>(size * up / down));
    for (size_t n = 0; n < result.size(); ++n) {
        const int64_t position = static_cast<int64_t>(n) * down;
        const auto& taps = phases[static_cast<size_t>(position % up)];
        const int64_t first = position / up - reach + 1;
        double value = 0;
        for (size_t k = 0; k < taps.size(); ++k) {
            const int64_t at = first + static_cast<int64_t>(k);
            if (at >= 0 && at < size) value += taps[k] * samples[static_cast<size_t>(at)];
        }
        result[n] = static_cast<int16_t>(std::clamp(std::lround(value), -32768L, 32767L));
    }
    return result;
}

}  // namespace trunkline::ivr

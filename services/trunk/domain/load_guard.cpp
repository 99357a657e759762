// Steps up, steps down.
#include "trunk/domain/load_guard.hpp"

#include <algorithm>

namespace trunkline::trunk {
namespace {

constexpr int kBadSamplesBeforeShedding = 3;
constexpr int kStepPercent = 10;
constexpr int kMostPercent = 90;  // a trickle shows when things are well again
constexpr double kWell = 0.9;

}  // namespace

double LoadGuard::Pressure(const LoadSample& sample) {
    const std::pair<double, const char*> pressures[] = {
        {sample.processor / limits_.processor, "processor"},
        {sample.lag_millis / limits_.lag_millis, "lag"},
        {limits_.free_ports / std::max(sample.free_ports, 1e-6), "ports"},
        {limits_.free_disk / std::max(sample.free_disk, 1e-6), "disk"}};
    const auto& worst = *std::max_element(std::begin(pressures), std::end(pressures));
    if (worst.first > 1) {
        reason_ = worst.second;
    }
    return worst.first;
}

void LoadGuard::Take(const LoadSample& sample) {
    const double pressure = Pressure(sample);
    if (pressure > 1) {
        if (++bad_samples_ >= kBadSamplesBeforeShedding) {
            shed_percent_ = std::min(shed_percent_ + kStepPercent, kMostPercent);
        }
        return;
    }
    bad_samples_ = 0;
    if (pressure < kWell) {
        shed_percent_ = std::max(shed_percent_ - kStepPercent, 0);
    }
}

bool LoadGuard::Admit(Work work) {
    if (shed_percent_ == 0) {
        return true;
    }
    if (work != Work::kInboundCall) {
        return false;
    }
    spread_ += shed_percent_;
    if (spread_ < 100) {
        return true;
    }
    spread_ -= 100;
    return false;
}

}  // namespace trunkline::trunk

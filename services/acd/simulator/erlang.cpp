// Erlang B by recursion, C from B, A by its birth-death process in logarithms.
#include "acd/simulator/erlang.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <vector>

namespace trunkline::acd::simulator {
namespace {

constexpr int kMostAgents = 10'000;
constexpr double kNegligible = -41.5;  // ln(1e-18)
constexpr int kSimpsonSteps = 2000;

double ErlangB(double erlangs, int agents) {
    double blocked = 1;
    for (int k = 1; k <= agents; ++k) {
        blocked = erlangs * blocked / (k + erlangs * blocked);
    }
    return blocked;
}

double Integrate(const std::function<double(double)>& density, double end) {
    const double step = end / kSimpsonSteps;
    double sum = density(0) + density(end);
    for (int i = 1; i < kSimpsonSteps; ++i) {
        sum += (i % 2 == 1 ? 4 : 2) * density(i * step);
    }
    return sum * step / 3;
}

// Probabilities of k callers in the system, up to where they no longer count.
std::vector<double> StatesOf(const Load& load, double leave_rate) {
    std::vector<double> logs{0};
    double largest = 0;
    for (int k = 1; logs.back() > largest + kNegligible || k <= load.agents; ++k) {
        const double out = std::min(k, load.agents) / load.handle_seconds + std::max(0, k - load.agents) * leave_rate;
        logs.push_back(logs.back() + std::log(load.calls_per_second) - std::log(out));
        largest = std::max(largest, logs.back());
    }
    double sum = 0;
    for (double& value : logs) {
        value = std::exp(value - largest);
        sum += value;
    }
    for (double& value : logs) {
        value /= sum;
    }
    return logs;
}

}  // namespace

Forecast ErlangC(const Load& load) {
    const double erlangs = load.erlangs();
    Forecast forecast;
    if (load.agents <= erlangs) {
        forecast.waits = 1;
        forecast.speed_of_answer = std::numeric_limits<double>::infinity();
        forecast.occupancy = 1;
        return forecast;
    }
    const double blocked = ErlangB(erlangs, load.agents);
    const double free = load.agents - erlangs;
    forecast.occupancy = erlangs / load.agents;
    forecast.waits = blocked / (1 - forecast.occupancy * (1 - blocked));
    forecast.service_level = 1 - forecast.waits * std::exp(-free * load.threshold_seconds / load.handle_seconds);
    forecast.speed_of_answer = forecast.waits * load.handle_seconds / free;
    return forecast;
}

Forecast ErlangA(const Load& load, double patience_seconds) {
    const double leave_rate = 1 / patience_seconds;
    const std::vector<double> states = StatesOf(load, leave_rate);
    Forecast forecast;
    double waiting = 0;
    double busy = 0;
    for (size_t k = 0; k < states.size(); ++k) {
        const int callers = static_cast<int>(k);
        busy += states[k] * std::min(callers, load.agents);
        waiting += states[k] * std::max(0, callers - load.agents);
        forecast.waits += callers >= load.agents ? states[k] : 0;
    }
    forecast.abandons = leave_rate * waiting / load.calls_per_second;
    forecast.occupancy = busy / load.agents;
    // Density of the wait that a caller with endless patience would have.
    const double all_busy = states[static_cast<size_t>(load.agents) - 1];
    const auto density = [&](double t) {
        return load.calls_per_second * all_busy *
               std::exp(load.calls_per_second * -std::expm1(-leave_rate * t) / leave_rate -
                        load.agents * t / load.handle_seconds);
    };
    const auto answered = [&](double t) { return density(t) * std::exp(-leave_rate * t); };
    forecast.service_level = 1 - forecast.waits + Integrate(answered, load.threshold_seconds);
    const double horizon = 30 * patience_seconds;
    forecast.speed_of_answer = Integrate([&](double t) { return t * answered(t); }, horizon) / (1 - forecast.abandons);
    return forecast;
}

int AgentsFor(Load load, double service_level, double most_occupancy) {
    for (load.agents = static_cast<int>(load.erlangs()) + 1; load.agents <= kMostAgents; ++load.agents) {
        const Forecast forecast = ErlangC(load);
        if (forecast.service_level >= service_level && forecast.occupancy <= most_occupancy) {
            return load.agents;
        }
    }
    return 0;
}

}  // namespace trunkline::acd::simulator

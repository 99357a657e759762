// Who calls when: made at random, or read from a recorded day.
#pragma once
#include <cstdint>
#include <istream>
#include <vector>

#include "acd/simulator/simulation.hpp"

namespace trunkline::acd::simulator {

// Poisson arrivals; talk, wrap-up and patience are exponential with these means in seconds (0: none).
struct RandomLoad {
    QueueId queue;
    double calls_per_hour = 0;
    double hours = 1;
    double talk_seconds = 180;
    double wrap_up_seconds = 0;
    double patience_seconds = 0;
    uint64_t seed = 1;
};
std::vector<Arrival> MakeArrivals(const RandomLoad& load);

// Lines of comma-separated values under a header. Columns: seconds (since the first), queue, talk; and if wanted
// wrap_up, patience (seconds, 0: waits for ever), priority, language. INVALID_ARGUMENT names line and column. At most
// 5,000,000.
Result<std::vector<Arrival>> ReadArrivals(std::istream& file);

}  // namespace trunkline::acd::simulator

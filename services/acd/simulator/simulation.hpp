// A day of a contact centre, faster than time: the router's own core, fed with arrivals, agents who answer, talk and
// wrap up, and callers who lose patience. Same input, same result.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "acd/domain/router.hpp"

namespace trunkline::acd::simulator {

struct Arrival {
    TimePoint at{};
    QueueId queue;
    Duration talk{};
    Duration wrap_up{};
    Duration patience{};  // zero: waits for ever
    uint32_t priority = 0;
    std::string language;
};

struct Setup {
    std::vector<QueueSettings> queues;
    std::vector<AgentSettings> agents;  // log in and are ready at the first arrival
    Duration ring{};                    // from the offer to the agent's answer
};

// Counts and sums of one queue, by the definitions of the figures (N, A, A_T, B_s, B_T, B_L, F, X, ASA, AHT).
struct QueueTally {
    uint64_t answered = 0;
    uint64_t answered_in_threshold = 0;
    uint64_t short_abandons = 0;
    uint64_t abandons_in_threshold = 0;
    uint64_t late_abandons = 0;
    uint64_t flowed_out = 0;
    uint64_t errors = 0;
    Duration answer_wait{};
    Duration longest_wait{};
    Duration handled{};  // talk and wrap-up

    uint64_t offered() const {
        return answered + short_abandons + abandons_in_threshold + late_abandons + flowed_out + errors;
    }
    uint64_t abandons() const { return abandons_in_threshold + late_abandons; }
    // NaN where there is nothing to divide by.
    double service_level() const;    // SL.def
    double speed_of_answer() const;  // ASA, seconds
    double abandon_rate() const;     // ABN
    double handle_time() const;      // AHT, seconds
};

struct Figures {
    std::map<QueueId, QueueTally> queues;
    double occupancy = 0;     // handled of the time that agents were there
    uint64_t events = 0;      // that the router took
    uint64_t unfinished = 0;  // callers still there when nothing more could happen
};

// INVALID_ARGUMENT when the router refuses a queue, an agent or an arrival. Arrivals are in the order of time.
Result<Figures> Simulate(const Setup& setup, const std::vector<Arrival>& arrivals);

}  // namespace trunkline::acd::simulator

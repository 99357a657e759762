// What queueing theory says of a queue with equal agents (kpi definitions, staffing): the yardstick of the simulator.
#pragma once

namespace trunkline::acd::simulator {

struct Load {
    double calls_per_second = 0;
    double handle_seconds = 0;  // mean of talk and wrap-up
    int agents = 0;
    double threshold_seconds = 20;  // of the service level

    double erlangs() const { return calls_per_second * handle_seconds; }
};

struct Forecast {
    double waits = 0;            // share of callers who have to wait
    double service_level = 0;    // answered within the threshold, of all offered
    double speed_of_answer = 0;  // mean wait in seconds; of all callers (Erlang C) or of the answered (Erlang A)
    double abandons = 0;         // share
    double occupancy = 0;
};

// M/M/n: callers wait for ever. With no more agents than erlangs the line grows without end: waits = 1, service_level =
// 0, speed_of_answer infinite.
Forecast ErlangC(const Load& load);
// M/M/n+M: callers leave after an exponential time with this mean.
Forecast ErlangA(const Load& load, double patience_seconds);
// The fewest agents who reach the service level and stay under the occupancy; 0 when 10,000 do not.
int AgentsFor(Load load, double service_level, double most_occupancy);

}  // namespace trunkline::acd::simulator

// The queues and agents of a file as `tlctl apply` takes it, and a day as `tlctl --json figures arrivals` tells it.
#pragma once
#include <string>

#include "acd/simulator/simulation.hpp"

namespace trunkline::acd::simulator {

// INVALID_ARGUMENT names the file and what is wrong in it. Parts other than queues and agents are passed over.
Result<Setup> ReadSetup(const std::string& path);

// Who was never served gets the mean talk of those who were. INVALID_ARGUMENT names the file.
Result<std::vector<Arrival>> ReadDay(const std::string& path);

}  // namespace trunkline::acd::simulator

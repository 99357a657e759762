// Every strategy by its name. A new one is one file and one line in strategies.cpp.
#pragma once
#include <string>
#include <string_view>

#include "acd/domain/routing/strategy.hpp"

namespace trunkline::acd {

// Null when there is no such strategy. The empty name is longest_idle.
const Strategy* FindStrategy(std::string_view name);
// "longest_idle, ...", for messages.
std::string StrategyNames();

}  // namespace trunkline::acd

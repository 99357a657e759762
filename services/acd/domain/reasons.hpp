// The reasons for being not ready that an operator allows. Without any, every word will do.
#pragma once
#include <map>
#include <string>

#include "clock/clock.hpp"
#include "result/result.hpp"

namespace trunkline::acd {

struct Reason {
    std::string word;  // "LUNCH"
    std::string title;
    bool agent = true;  // who may set it
    bool supervisor = true;
    Duration limit{};  // longer is told as an event; zero: none
};

// INVALID_ARGUMENT naming the field, or success.
Status Validate(const Reason& reason);

using Reasons = std::map<std::string, Reason>;

// Whether `set_by` (agent, supervisor, system) may set the agent not ready for it. The router's own reasons are the
// system's and need no entry.
Status MaySet(const Reasons& reasons, const std::string& word, const std::string& set_by);

}  // namespace trunkline::acd

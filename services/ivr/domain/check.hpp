// Finds what is wrong with a flow before it is published, so that no caller does.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "ivr/domain/flow.hpp"

namespace trunkline::ivr {

struct Fault {
    std::string node_id;  // empty: the flow as a whole
    // LOOP, UNKNOWN_EXIT, UNREACHABLE, MISSING_PROMPT, NO_ANSWER, NOT_SUPPORTED, BAD_PARAMETER, DUPLICATE_ID.
    std::string reason;
    std::string message;  // one English sentence
};

// Every fault at once, in the order of the nodes; none: the flow is sound. `prompts` are the uploaded ones that exist.
std::vector<Fault> CheckFlow(const Flow& flow, const std::set<std::string>& prompts);

// All faults as one text: "menu: LOOP: ...; bye: UNREACHABLE: ...".
std::string Describe(const std::vector<Fault>& faults);

}  // namespace trunkline::ivr

// Why a contact is where it is: why not these agents, why it still waits.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "acd/domain/router.hpp"

namespace trunkline::acd {

// Why one agent does not serve the contact now.
struct WhyNot {
    AgentId agent;
    std::string reason;  // LOGGED_OUT, NOT_READY, BUSY, EXCLUDED, SKILL, WAIT, WANTED, READY, SERVES
    std::string detail;  // "gas 20 of 50", "20 s", "TALKING"
};

struct Explanation {
    std::string state;  // why it waits, or who serves it, in one word: NOBODY_SUITED, ALL_BUSY, WAITS_FOR_AGENT ...
    size_t place = 0;
    std::optional<Duration> expected_wait;  // nothing: not enough data
    Skills required;                        // now, after the rings that have opened
    std::optional<Duration> next_ring;      // until the queue asks for less
    AgentId wanted;
    std::map<std::string, size_t> counts;  // agents by reason
    std::vector<WhyNot> agents;            // of the nearest first, at most kMostExplained
};
inline constexpr size_t kMostExplained = 50;

// Looks at every agent; for a person's question, never for a decision.
Explanation Explain(const Router& router, const Contact& contact, TimePoint now);
// Of whatever is done for it now: its contact, or the pause until the next try. Nothing when there is none or it is
// done.
std::optional<Explanation> ExplainCallback(const Router& router, const CallbackId& id, TimePoint now);

}  // namespace trunkline::acd

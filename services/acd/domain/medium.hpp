// A kind of contact as an operator describes it: what it asks of an agent, and what may come beside it. The router
// knows no kind by name.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "clock/clock.hpp"
#include "result/result.hpp"

namespace trunkline::acd {

struct Medium {
    std::string word;  // "chat"
    std::string title;
    bool telephone = false;                          // calls; exactly one medium is
    uint32_t slots = 1;                              // contacts an agent may have at once
    std::map<std::string, uint32_t> labels;          // of those so many with this label
    std::map<std::string, uint32_t> interrupted_by;  // comes beside at most so many of this medium; 0: any number
    std::string rings_as;                            // how desktops announce an offer
    bool auto_accept = false;                        // an offer is taken at once
    Duration time_to_accept = std::chrono::seconds(30);
    Duration wrap_up{};              // zero: none
    bool returns_when_away = false;  // to its queue, when the agent's desktop falls silent
    Duration answer_limit{};         // an agent who leaves the customer without an answer for longer loses it; zero: no
};

// What one agent may have instead of the medium's slots.
struct Capacity {
    std::string medium;
    std::string label;  // empty: all of the medium
    uint32_t slots = 0;
};
inline constexpr uint32_t kMostSlots = 100;
inline constexpr size_t kMostMedia = 16;
inline constexpr size_t kMostLabels = 8;
inline constexpr size_t kMostCapacities = 64;

// INVALID_ARGUMENT naming the field, or success.
Status Validate(const Medium& medium);
Status Validate(const std::vector<Capacity>& capacities);

}  // namespace trunkline::acd

// How calls leave the house: what each carrier trunk may carry, groups of trunks, and which numbers may be dialled.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "clock/clock.hpp"
#include "result/result.hpp"

namespace trunkline::trunk {

// The first rule whose prefix fits replaces that prefix. An empty prefix fits every number.
struct NumberRewrite {
    std::string prefix;
    std::string replacement;
};
std::string Rewrite(const std::vector<NumberRewrite>& rules, const std::string& number);

// Of one carrier trunk. 0 and empty mean: no limit, nothing to change.
struct LineSettings {
    uint32_t capacity = 0;          // live calls, in both directions
    uint32_t calls_per_second = 0;  // that we begin
    std::vector<NumberRewrite> called_rewrites;
    std::vector<NumberRewrite> caller_rewrites;  // applied before caller_numbers is asked
    std::vector<std::string> caller_numbers;     // that the carrier lets us show; others become the first of them
    std::vector<std::string> codecs;             // PCMA, PCMU: in the order in which we offer them; empty: both
};
// INVALID naming the field.
Status Check(const LineSettings& line);

// Which numbers a group may dial. The rule with the longest fitting prefix decides; without one nothing is dialled.
struct DialRule {
    std::string prefix;  // "" fits every number, "00" the international ones
    bool allowed = true;
    uint32_t calls_per_minute = 0;  // 0: no limit; so are the next two
    uint32_t calls_per_day = 0;     // of 24 hours
    uint32_t live_calls = 0;
    Duration longest_call{};  // 0: no limit
};

struct TrunkGroup {
    struct Member {
        std::string trunk;
        uint32_t order = 0;   // lower first
        uint32_t weight = 1;  // share among those of one order
    };
    std::string name;
    std::vector<Member> members;
    std::vector<DialRule> rules;
};
Status Check(const TrunkGroup& group);

// The number that the carrier is shown: one it lets us show.
std::string CallerNumberFor(const LineSettings& line, const std::string& wanted);

}  // namespace trunkline::trunk

// What an operator sets for a queue.
#pragma once
#include <cstdint>
#include <map>
#include <string>

#include "clock/clock.hpp"
#include "ids/ids.hpp"
#include "result/result.hpp"

namespace trunkline::acd {

// Skill to level 0..100. For an agent what he has, for a queue the lowest that will do.
using Skills = std::map<std::string, uint32_t>;

enum class Recording { kNever, kWish, kMust };

struct QueueSettings {
    QueueId id;
    std::string title;
    Skills required_skills;
    std::string strategy = "longest_idle";
    Duration ring_limit = std::chrono::seconds(20);
    Duration wrap_up_limit = std::chrono::seconds(30);
    Duration service_level_threshold = std::chrono::seconds(20);
    Duration announcement_interval{};  // zero: no announcements
    std::string announcement_text;     // empty: the built-in one of the language
    std::string next_text;
    std::string language = "zh";
    Duration overflow_after{};  // zero: none
    QueueId overflow_to;
    Recording recording = Recording::kNever;
    uint32_t weight = 0;  // higher goes first among contacts of equal priority
};

// True when every required skill is there at its lowest level or above.
bool Suffices(const Skills& skills, const Skills& required);

// Ids of queues and agents are one word: letters, digits, ".", "_", "-", at most 64.
bool IsWord(const std::string& text);

// INVALID_ARGUMENT naming the field, or success.
Status Validate(const QueueSettings& queue);

}  // namespace trunkline::acd

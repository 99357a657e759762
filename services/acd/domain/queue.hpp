// What an operator sets for a queue.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "clock/clock.hpp"
#include "ids/ids.hpp"
#include "result/result.hpp"

namespace trunkline::acd {

// Skill to level 0..100. For an agent what he has, for a queue the lowest that will do.
using Skills = std::map<std::string, uint32_t>;

enum class Recording { kNever, kWish, kMust };

// After a contact has waited so long the queue asks for less.
struct Widening {
    Duration after{};
    Skills lowest;                     // new lowest levels
    std::vector<std::string> dropped;  // no longer asked for; "language" drops the caller's language
};
inline constexpr size_t kMostRings = 6;
inline constexpr const char* kLanguage = "language";

// How the agents of a queue dial out.
struct Outbound {
    std::string trunk;          // empty: they may not
    std::string caller_number;  // shown to whom they call
};

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
    Outbound outbound;
    std::string music;              // a stored prompt; empty: the built-in music
    bool record_private = false;    // also what the customer does not hear: whispers and consultations
    bool shows_supervision = true;  // an agent sees that a supervisor listens
    uint32_t weight = 0;            // each step counts like a minute of waiting, against other queues
    std::vector<Widening> rings;    // by time
    // Callers of these ask for the skill "language.<word>"; others are served by anybody.
    std::vector<std::string> languages;
    uint32_t language_level = 1;
    uint32_t ring_at_most = 10;  // of the strategy ring_all
    // What one step of priority counts in waiting; zero: higher priority always goes first within the queue.
    Duration priority_worth{};
};

// What the queue asks of an agent after its first `rings` rings, for a caller of that language (empty: any).
Skills RequiredAfter(const QueueSettings& queue, size_t rings, const std::string& language);

// True when every required skill is there at its lowest level or above.
bool Suffices(const Skills& skills, const Skills& required);

// Ids of queues and agents are one word: letters, digits, ".", "_", "-", at most 64.
bool IsWord(const std::string& text);

// INVALID_ARGUMENT naming the field, or success.
Status Validate(const QueueSettings& queue);

}  // namespace trunkline::acd

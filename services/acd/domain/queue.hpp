// What an operator sets for a queue.
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "acd/domain/callback.hpp"
#include "acd/domain/overflow.hpp"
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
    bool is_group = false;      // a group chooses the trunk and holds numbers against its rules
};

// What happens to an agent who does not take an offer: he is set not ready. Before the limit of such offers in a row he
// comes back by himself after the pause.
struct MissPolicy {
    uint32_t limit = 1;
    Duration pause = std::chrono::seconds(10);
};
enum class Miss { kNoAnswer, kBusy, kRejected, kUnreachable };
inline constexpr size_t kMisses = 4;

// What a caller who waits gets by a key.
enum class KeyAction { kMessage, kFlow, kCallback };
struct KeyOffer {
    KeyAction action = KeyAction::kFlow;
    std::string target;  // mailbox or flow; none of a callback
};

// When the queue works, as the operator wrote it; the calendar outside understands it.
struct OpeningHours {
    struct Span {
        uint32_t weekday = 1;  // Monday to 7 Sunday
        std::string from;      // "08:30"
        std::string to;
    };
    std::string time_zone;
    std::vector<Span> spans;
    bool statutory_days = false;
    std::vector<std::string> closed_dates;
};

struct QueueSettings {
    QueueId id;
    std::string title;
    Skills required_skills;
    std::vector<std::string> media{};  // whose contacts it takes beside calls
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
    std::vector<OverflowRule> overflow_rules;
    std::array<MissPolicy, kMisses> misses{};
    Duration wrap_up_extension{};  // once for each wrap-up; zero: none
    std::string wrap_up_form;      // what the agent fills in
    // A caller who was lost or hung up and calls again within this time gets his place back; zero: no.
    Duration resume_within{};
    // The agent a caller had last, within this time, is asked first; zero: no.
    Duration last_agent_within{};
    Duration last_agent_wait = std::chrono::seconds(30);  // how long he is waited for
    std::string wait_text;  // "{ahead}", "{minutes}"; used when the expected wait is known
    std::map<char, KeyOffer> keys;
    std::optional<OpeningHours> opening_hours;  // nothing: always open
    // What one step of priority counts in waiting; zero: higher priority always goes first within the queue.
    Duration priority_worth{};
    CallbackSettings callbacks;
    std::optional<OpeningHours> callback_hours;  // nothing: every day from 8 to 21 o'clock in China
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

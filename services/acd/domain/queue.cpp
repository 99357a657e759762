// What may be set for a queue.
#include "acd/domain/queue.hpp"

#include <algorithm>
#include <cctype>

#include "acd/domain/routing/strategies.hpp"

namespace trunkline::acd {
namespace {

constexpr uint32_t kHighestLevel = 100;
constexpr size_t kMostLanguages = 16;
constexpr uint32_t kMostWeight = 100;
constexpr uint32_t kMostRinging = 50;
constexpr Duration kLongestMemory = std::chrono::hours(24 * 30);
constexpr Duration kLongest = std::chrono::hours(24);

Error Invalid(const std::string& field, const std::string& wanted) {
    return {Code::kInvalidArgument, "INVALID_QUEUE", field + " must be " + wanted};
}

bool InDay(Duration value) { return value >= Duration::zero() && value <= kLongest; }

Status ValidateRings(const QueueSettings& queue) {
    if (queue.rings.size() > kMostRings) {
        return Invalid("rings", "at most " + std::to_string(kMostRings));
    }
    Duration before{};
    for (const Widening& ring : queue.rings) {
        if (ring.after <= before || !InDay(ring.after)) {
            return Invalid("rings.after", "growing, above 0 and at most 24 h");
        }
        before = ring.after;
        for (const auto& [skill, level] : ring.lowest) {
            const auto asked = queue.required_skills.find(skill);
            if (asked == queue.required_skills.end() || level > asked->second) {
                return Invalid("rings.lowest[" + skill + "]", "lower than what the queue asks for");
            }
        }
    }
    if (queue.languages.size() > kMostLanguages ||
        !std::all_of(queue.languages.begin(), queue.languages.end(), IsWord)) {
        return Invalid("languages", "at most " + std::to_string(kMostLanguages) + " words such as zh or en");
    }
    if (queue.language_level > kHighestLevel || queue.weight > kMostWeight || !InDay(queue.priority_worth)) {
        return Invalid("language_level, weight and priority_worth", "at most 100, 100 and 24 h");
    }
    if (queue.ring_at_most < 1 || queue.ring_at_most > kMostRinging) {
        return Invalid("ring_at_most", "between 1 and " + std::to_string(kMostRinging));
    }
    return {};
}

}  // namespace

bool Suffices(const Skills& skills, const Skills& required) {
    return std::all_of(required.begin(), required.end(), [&](const auto& need) {
        const auto found = skills.find(need.first);
        return found != skills.end() && found->second >= need.second;
    });
}

bool IsWord(const std::string& text) {
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '.' || c == '_' || c == '-';
    });
}

Skills RequiredAfter(const QueueSettings& queue, size_t rings, const std::string& language) {
    Skills required = queue.required_skills;
    const std::string speaks = std::string(kLanguage) + "." + language;
    if (!language.empty()) {
        required[speaks] = queue.language_level;
    }
    for (size_t i = 0; i < rings && i < queue.rings.size(); ++i) {
        for (const auto& [skill, level] : queue.rings[i].lowest) {
            required[skill] = level;
        }
        for (const std::string& skill : queue.rings[i].dropped) {
            required.erase(skill == kLanguage ? speaks : skill);
        }
    }
    return required;
}

Status Validate(const QueueSettings& queue) {
    if (!IsWord(queue.id.str())) {
        return Invalid("queue_id", "one word of letters, digits, '.', '_', '-'");
    }
    for (const auto& [skill, level] : queue.required_skills) {
        if (skill.empty() || level > kHighestLevel) {
            return Invalid("required_skills[" + skill + "]", "a level of 0 to 100");
        }
    }
    if (FindStrategy(queue.strategy) == nullptr) {
        return Invalid("strategy", "one of " + StrategyNames());
    }
    if (queue.ring_limit < std::chrono::seconds(1) || queue.ring_limit > std::chrono::minutes(10)) {
        return Invalid("ring_limit", "between 1 s and 10 min");
    }
    if (!InDay(queue.wrap_up_limit) || !InDay(queue.service_level_threshold) || !InDay(queue.overflow_after) ||
        !InDay(queue.announcement_interval)) {
        return Invalid("every duration", "between 0 and 24 h");
    }
    if (queue.announcement_interval > Duration::zero() && queue.announcement_interval < std::chrono::seconds(5)) {
        return Invalid("announcement_interval", "zero or at least 5 s");
    }
    if (queue.overflow_after > Duration::zero() && (queue.overflow_to.empty() || queue.overflow_to == queue.id)) {
        return Invalid("overflow.to_queue", "another queue when overflow.after is set");
    }
    for (const auto& [key, offer] : queue.keys) {
        if (std::isdigit(static_cast<unsigned char>(key)) == 0 && key != '*' && key != '#') {
            return Invalid("keys", "0 to 9, * or #");
        }
        if (offer.action == KeyAction::kCallback && queue.outbound.trunk.empty()) {
            return Invalid("outbound_trunk or outbound_group", "set when a key offers to call back");
        }
    }
    for (const MissPolicy& policy : queue.misses) {
        if (policy.limit < 1 || policy.pause < std::chrono::seconds(1) || !InDay(policy.pause)) {
            return Invalid("misses", "a limit of at least 1 and a pause of 1 s to 24 h");
        }
    }
    if (!InDay(queue.wrap_up_extension) || !InDay(queue.resume_within) || !InDay(queue.last_agent_wait) ||
        queue.last_agent_within < Duration::zero() || queue.last_agent_within > kLongestMemory) {
        return Invalid("wrap_up_extension, resume_within and last_agent", "durations within their limits");
    }
    if (const Status rules = Validate(queue.overflow_rules, queue.id.str()); !rules.ok()) {
        return rules;
    }
    if (const Status callbacks = Validate(queue.callbacks); !callbacks.ok()) {
        return callbacks;
    }
    return ValidateRings(queue);
}

}  // namespace trunkline::acd

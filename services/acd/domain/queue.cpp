// What may be set for a queue.
#include "acd/domain/queue.hpp"

#include <algorithm>
#include <cctype>

#include "acd/domain/routing/strategies.hpp"

namespace trunkline::acd {
namespace {

constexpr uint32_t kHighestLevel = 100;
constexpr Duration kLongest = std::chrono::hours(24);

Error Invalid(const std::string& field, const std::string& wanted) {
    return {Code::kInvalidArgument, "INVALID_QUEUE", field + " must be " + wanted};
}

bool InDay(Duration value) { return value >= Duration::zero() && value <= kLongest; }

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
    return {};
}

}  // namespace trunkline::acd

// What may be set for an agent.
#include "acd/domain/agent.hpp"

namespace trunkline::acd {

bool IsDiallable(const std::string& number) {
    const bool known = number.find_first_not_of("0123456789*#+") == std::string::npos;
    return known && number.size() >= 2 && number.size() <= 32 && number.find('+', 1) == std::string::npos;
}

namespace {

constexpr uint32_t kMostPriority = 100;
constexpr size_t kMostProfiles = 200;

}  // namespace

const QueueProfile& ProfileIn(const AgentSettings& agent, const QueueId& queue) {
    static const QueueProfile kDefault;
    const auto found = agent.profiles.find(queue);
    return found == agent.profiles.end() ? kDefault : found->second;
}

Status Validate(const AgentSettings& agent) {
    const auto invalid = [](const std::string& text) { return Error{Code::kInvalidArgument, "INVALID_AGENT", text}; };
    if (!IsWord(agent.id.str())) {
        return invalid("agent_id must be one word of letters, digits, '.', '_', '-'");
    }
    if (!IsWord(agent.phone)) {
        return invalid("phone must be the name of a phone, one word");
    }
    if (agent.endpoints.size() > kMostEndpoints) {
        return invalid("endpoints may have at most 4 entries");
    }
    for (const Endpoint& endpoint : agent.endpoints) {
        if (endpoint.phone.empty() == endpoint.number.empty()) {
            return invalid("an endpoint is a phone or a number");
        }
        if (endpoint.number.empty() ? !IsWord(endpoint.phone) : !IsDiallable(endpoint.number)) {
            return invalid("an endpoint is the name of a phone, or a number of digits");
        }
    }
    for (const auto& [skill, level] : agent.skills) {
        if (skill.empty() || level > 100) {
            return invalid("skills[" + skill + "] must be a level of 0 to 100");
        }
    }
    if (const Status valid = Validate(agent.capacities); !valid.ok()) {
        return valid;
    }
    if (agent.profiles.size() > kMostProfiles) {
        return invalid("queues may have at most " + std::to_string(kMostProfiles) + " entries");
    }
    for (const auto& [queue, profile] : agent.profiles) {
        const std::string field = "queues[" + queue.str() + "].";
        if (profile.priority < 1 || profile.priority > kMostPriority) {
            return invalid(field + "priority must be between 1 and " + std::to_string(kMostPriority));
        }
        if (profile.delay < Duration::zero() || profile.delay > std::chrono::hours(24)) {
            return invalid(field + "delay must be between 0 and 24 h");
        }
    }
    return {};
}

}  // namespace trunkline::acd

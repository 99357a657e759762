// What may be set for an agent.
#include "acd/domain/agent.hpp"

namespace trunkline::acd {

Status Validate(const AgentSettings& agent) {
    const auto invalid = [](const std::string& text) { return Error{Code::kInvalidArgument, "INVALID_AGENT", text}; };
    if (!IsWord(agent.id.str())) {
        return invalid("agent_id must be one word of letters, digits, '.', '_', '-'");
    }
    if (!IsWord(agent.phone)) {
        return invalid("phone must be the name of a phone, one word");
    }
    for (const auto& [skill, level] : agent.skills) {
        if (skill.empty() || level > 100) {
            return invalid("skills[" + skill + "] must be a level of 0 to 100");
        }
    }
    return {};
}

}  // namespace trunkline::acd

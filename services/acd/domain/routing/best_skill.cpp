// Best skill: the sum of his levels in the queue's skills, the highest first, then idleness.
#include "acd/domain/routing/best_skill.hpp"

namespace trunkline::acd {

Rank BestSkill::RankOf(const Agent& agent, const QueueSettings& queue, double /*random*/) const {
    int64_t levels = 0;
    for (const auto& [skill, lowest] : queue.required_skills) {
        const auto found = agent.settings.skills.find(skill);
        levels += found == agent.settings.skills.end() ? 0 : found->second;
    }
    return {-levels, IdleSince(agent)};
}

}  // namespace trunkline::acd

// Skills against rings, then the profile's delay.
#include "acd/domain/eligibility.hpp"

#include <algorithm>

namespace trunkline::acd {

std::optional<Duration> WaitFor(const AgentSettings& agent, const QueueSettings& queue, const std::string& language) {
    const QueueProfile& profile = ProfileIn(agent, queue.id);
    if (profile.excluded) {
        return std::nullopt;
    }
    for (size_t rings = 0; rings <= queue.rings.size(); ++rings) {
        if (Suffices(agent.skills, RequiredAfter(queue, rings, language))) {
            const Duration opens = rings == 0 ? Duration::zero() : queue.rings[rings - 1].after;
            return std::max(opens, profile.delay);
        }
    }
    return std::nullopt;
}

}  // namespace trunkline::acd

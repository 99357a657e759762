// Spans are split at the edges of the period, so parts of a day add up to the day.
#include "reporting/domain/agent_time.hpp"

#include <algorithm>

namespace trunkline::reporting {
namespace {

std::optional<double> Share(Duration part, Duration rest) {
    if (part + rest <= Duration::zero()) {
        return std::nullopt;
    }
    return std::chrono::duration<double>(part) / std::chrono::duration<double>(part + rest);
}

}  // namespace

void AgentTime::Count(const StateSpan& span, const Period& period) {
    const TimePoint start = std::max(span.start, period.start);
    const TimePoint end = std::min(span.end, period.end);
    if (start < end) {
        times_[span.state] += end - start;
    }
}

Duration AgentTime::In(AgentState state) const {
    const auto found = times_.find(state);
    return found == times_.end() ? Duration::zero() : found->second;
}

std::optional<double> AgentTime::Occupancy() const {
    const Duration busy = In(AgentState::kTalking) + In(AgentState::kHeld) + In(AgentState::kWrapUp);
    return Share(busy + In(AgentState::kReserved), In(AgentState::kReady));
}

std::optional<double> AgentTime::OccupancyWithoutRing() const {
    const Duration busy = In(AgentState::kTalking) + In(AgentState::kHeld) + In(AgentState::kWrapUp);
    return Share(busy, In(AgentState::kReady));
}

}  // namespace trunkline::reporting

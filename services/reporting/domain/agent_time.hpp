// How an agent's time divides into states, and how occupied he was.
#pragma once
#include <map>
#include <optional>
#include <string>

#include "clock/clock.hpp"

namespace trunkline::reporting {

// Numbers as in trunkline.acd.v1.
enum class AgentState { kLoggedOut = 1, kReady, kReserved, kTalking, kHeld, kWrapUp, kNotReady };

struct StateSpan {
    std::string agent_id;
    AgentState state = AgentState::kLoggedOut;
    TimePoint start{};
    TimePoint end{};
};

struct Period {
    TimePoint start{};
    TimePoint end{};  // not in it
};

class AgentTime {
 public:
    // The part of the span that lies within the period.
    void Count(const StateSpan& span, const Period& period);

    Duration In(AgentState state) const;
    // Absent when he was neither occupied nor ready.
    std::optional<double> Occupancy() const;             // OCC
    std::optional<double> OccupancyWithoutRing() const;  // OCC.noring

 private:
    std::map<AgentState, Duration> times_;
};

}  // namespace trunkline::reporting

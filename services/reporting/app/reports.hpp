// The figures of a day by queue and medium, of a period by interval, and of agents.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "reporting/app/ports.hpp"

namespace trunkline::reporting {

struct DayReport {
    std::string date;
    std::map<std::string, Figures> queues;
    std::map<std::string, Figures> media;
    Figures total;
};
DayReport MakeDayReport(const DaySegments& segments);

struct IntervalRow {
    Period interval;
    Figures figures;
};
// A segment counts as a whole in the interval in which it began. `length` zero: whole local days.
std::vector<IntervalRow> MakeIntervalReport(const DaySegments& segments, std::chrono::minutes length);

struct AgentRow {
    AgentTime time;
    Figures figures;
};
std::map<std::string, AgentRow> MakeAgentReport(const DaySegments& segments, const std::vector<StateSpan>& spans);

}  // namespace trunkline::reporting

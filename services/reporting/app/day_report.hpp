// The figures of one day, by queue and in all.
#pragma once
#include <map>
#include <string>

#include "reporting/app/ports.hpp"

namespace trunkline::reporting {

struct DayReport {
    std::string date;
    std::map<std::string, Figures> queues;
    Figures total;
};

DayReport MakeDayReport(const DaySegments& segments);

}  // namespace trunkline::reporting

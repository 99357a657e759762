// The figures of one day, by queue, by medium and in all.
#pragma once
#include <map>
#include <string>

#include "reporting/app/ports.hpp"

namespace trunkline::reporting {

struct DayReport {
    std::string date;
    std::map<std::string, Figures> queues;
    std::map<std::string, Figures> media;
    Figures total;
};

DayReport MakeDayReport(const DaySegments& segments);

}  // namespace trunkline::reporting

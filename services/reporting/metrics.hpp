// Figures of the reporting service about itself.
#pragma once
#include <functional>
#include <map>
#include <string>

#include "metrics/metrics.hpp"

namespace trunkline::reporting {

struct Metrics {
    explicit Metrics(metrics::Registry& registry) {
        for (const char* report : {"day", "intervals", "agents", "arrivals", "timeline"}) {
            requests.emplace(report, metrics::MakeCounter(registry, "trunkline_reporting_requests_total",
                                                          "Reports asked for.", {{"report", report}}));
        }
    }

    std::map<std::string, prometheus::Counter&, std::less<>> requests;  // by report
};

}  // namespace trunkline::reporting

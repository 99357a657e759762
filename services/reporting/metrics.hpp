// Figures of the reporting service about itself.
#pragma once
#include "metrics/metrics.hpp"

namespace trunkline::reporting {

struct Metrics {
    explicit Metrics(metrics::Registry& registry)
        : day(Requests(registry, "day")), timeline(Requests(registry, "timeline")) {}

    prometheus::Counter& day;
    prometheus::Counter& timeline;

 private:
    static prometheus::Counter& Requests(metrics::Registry& registry, const std::string& report) {
        return metrics::MakeCounter(registry, "trunkline_reporting_requests_total", "Reports asked for.",
                                    {{"report", report}});
    }
};

}  // namespace trunkline::reporting

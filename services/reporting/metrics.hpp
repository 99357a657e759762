// Figures of the reporting service about itself.
#pragma once
#include "metrics/metrics.hpp"

namespace trunkline::reporting {

struct Metrics {
    explicit Metrics(metrics::Registry& registry)
        : days(metrics::MakeCounter(registry, "trunkline_reporting_days_asked_total", "Figures of a day asked for.")),
          timelines(metrics::MakeCounter(registry, "trunkline_reporting_timelines_asked_total",
                                         "Timelines of contacts asked for.")) {}

    prometheus::Counter& days;
    prometheus::Counter& timelines;
};

}  // namespace trunkline::reporting

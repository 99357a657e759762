// Figures of the work-order service.
#pragma once
#include "metrics/metrics.hpp"

namespace trunkline::workorder {

struct Metrics {
    explicit Metrics(metrics::Registry& registry)
        : created(metrics::MakeCounter(registry, "trunkline_workorder_orders_created_total", "Work orders created.")),
          steps(metrics::MakeCounter(registry, "trunkline_workorder_steps_total", "Steps taken on work orders.")),
          refused(metrics::MakeCounter(registry, "trunkline_workorder_requests_refused_total",
                                       "Requests refused with an error.")) {}

    prometheus::Counter& created;
    prometheus::Counter& steps;
    prometheus::Counter& refused;
};

}  // namespace trunkline::workorder

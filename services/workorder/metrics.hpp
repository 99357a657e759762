// Figures of the work-order service.
#pragma once
#include "metrics/metrics.hpp"

namespace trunkline::workorder {

struct Metrics {
    explicit Metrics(metrics::Registry& registry)
        : created(metrics::MakeCounter(registry, "trunkline_workorder_orders_created_total", "Work orders created.")),
          steps(metrics::MakeCounter(registry, "trunkline_workorder_steps_total", "Steps taken on work orders.")),
          questions(metrics::MakeCounter(registry, "trunkline_workorder_questions_total",
                                         "Questions about progress that were answered.")),
          refused(metrics::MakeCounter(registry, "trunkline_workorder_requests_refused_total",
                                       "Requests refused with an error.")) {}

    void Count(std::string_view action, bool ok) {
        if (!ok) {
            refused.Increment();
        } else if (action == "create") {
            created.Increment();
        } else if (action == "step") {
            steps.Increment();
        } else if (action == "question") {
            questions.Increment();
        }
    }

    prometheus::Counter& created;
    prometheus::Counter& steps;
    prometheus::Counter& questions;
    prometheus::Counter& refused;
};

}  // namespace trunkline::workorder

// Figures of the gateway.
#pragma once
#include "metrics/metrics.hpp"

namespace trunkline::web {

struct Metrics {
    explicit Metrics(metrics::Registry& registry)
        : calls(prometheus::BuildCounter()
                    .Name("trunkline_web_calls_total")
                    .Help("Calls by result: ok or the code of the error.")
                    .Register(registry)),
          duration(metrics::MakeHistogram(registry, "trunkline_web_call_duration_seconds",
                                          "From the head of a unary call to its answer.",
                                          {0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10})),
          files(metrics::MakeCounter(registry, "trunkline_web_files_total", "Requests for files of the front end.")),
          events(metrics::MakeCounter(registry, "trunkline_web_events_total", "Events taken off the bus.")),
          connections(metrics::MakeGauge(registry, "trunkline_web_open_connections", "Open connections.")),
          streams(metrics::MakeGauge(registry, "trunkline_web_open_streams", "Open streams.")),
          sessions(metrics::MakeGauge(registry, "trunkline_web_known_sessions", "Sessions known here.")) {}

    void Called(const std::string& result) { calls.Add({{"result", result}}).Increment(); }

    prometheus::Family<prometheus::Counter>& calls;
    prometheus::Histogram& duration;
    prometheus::Counter& files;
    prometheus::Counter& events;
    prometheus::Gauge& connections;
    prometheus::Gauge& streams;
    prometheus::Gauge& sessions;
};

}  // namespace trunkline::web

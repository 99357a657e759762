// Figures of the knowledge service.
#pragma once
#include <string_view>

#include "clock/clock.hpp"
#include "metrics/metrics.hpp"

namespace trunkline::knowledge {

class Metrics {
 public:
    explicit Metrics(metrics::Registry& registry)
        : requests_(prometheus::BuildCounter()
                        .Name("trunkline_knowledge_requests_total")
                        .Help("Requests, by method and result.")
                        .Register(registry)),
          search_(metrics::MakeHistogram(registry, "trunkline_knowledge_search_seconds",
                                         "Time to answer a search or a suggestion.",
                                         {0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.3, 1})) {}

    void Count(std::string_view method, bool ok, Duration took) {
        requests_.Add({{"method", std::string(method)}, {"result", ok ? "ok" : "refused"}}).Increment();
        if (method == "SearchArticles" || method == "SuggestArticles") {
            search_.Observe(std::chrono::duration<double>(took).count());
        }
    }

 private:
    prometheus::Family<prometheus::Counter>& requests_;
    prometheus::Histogram& search_;
};

}  // namespace trunkline::knowledge

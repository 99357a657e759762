// Figures of the customer service.
#pragma once
#include <string_view>

#include "clock/clock.hpp"
#include "metrics/metrics.hpp"

namespace trunkline::customer {

class Metrics {
 public:
    explicit Metrics(metrics::Registry& registry)
        : requests_(prometheus::BuildCounter()
                        .Name("trunkline_customer_requests_total")
                        .Help("Requests, by method and result.")
                        .Register(registry)),
          screen_pop_(metrics::MakeHistogram(registry, "trunkline_customer_screen_pop_seconds",
                                             "Time to answer a screen pop.",
                                             {0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.3, 1})),
          routing_(metrics::MakeHistogram(registry, "trunkline_customer_routing_seconds",
                                          "Time to answer a look-up for routing.",
                                          {0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.3, 1})) {}

    void Count(std::string_view method, bool ok, Duration took) {
        requests_.Add({{"method", std::string(method)}, {"result", ok ? "ok" : "refused"}}).Increment();
        const double seconds = std::chrono::duration<double>(took).count();
        if (method == "GetScreenPop") {
            screen_pop_.Observe(seconds);
        } else if (method == "LookUpForRouting") {
            routing_.Observe(seconds);
        }
    }

 private:
    prometheus::Family<prometheus::Counter>& requests_;
    prometheus::Histogram& screen_pop_;
    prometheus::Histogram& routing_;
};

}  // namespace trunkline::customer

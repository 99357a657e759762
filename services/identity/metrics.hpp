// Figures of identity.
#pragma once
#include "metrics/metrics.hpp"

namespace trunkline::identity {

struct Metrics {
    explicit Metrics(metrics::Registry& registry)
        : log_ins(prometheus::BuildCounter()
                      .Name("trunkline_identity_log_ins_total")
                      .Help("Log-ins by result: ok, refused, delayed, busy.")
                      .Register(registry)) {
        // A series that begins at 0 shows the first event too.
        for (const char* result : {"ok", "refused", "delayed", "busy"}) {
            log_ins.Add({{"result", result}});
        }
    }

    void LogIn(const std::string& result) { log_ins.Add({{"result", result}}).Increment(); }

    prometheus::Family<prometheus::Counter>& log_ins;
};

}  // namespace trunkline::identity

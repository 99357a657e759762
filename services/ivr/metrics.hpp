// Figures of self service.
#pragma once
#include <map>

#include "ivr/adapters/bus_flow_facts.hpp"
#include "ivr/adapters/espeak_engine.hpp"
#include "ivr/adapters/grpc_callers.hpp"
#include "metrics/metrics.hpp"

namespace trunkline::ivr {

class Metrics {
 public:
    explicit Metrics(metrics::Registry& registry)
        : started_(metrics::MakeCounter(registry, "trunkline_ivr_flows_started_total",
                                        "Calls that began a flow, or began it again after a restart.")),
          unspoken_(metrics::MakeCounter(registry, "trunkline_ivr_nodes_unspoken_total",
                                         "Nodes that were left because their prompt could not be spoken or played.")),
          spoken_(metrics::MakeCounter(registry, kTexts, kTextsHelp, {{"result", "success"}})),
          failed_(metrics::MakeCounter(registry, kTexts, kTextsHelp, {{"result", "failure"}})),
          look_ups_answered_(metrics::MakeCounter(registry, kLookUps, kLookUpsHelp, {{"result", "answered"}})),
          look_ups_unanswered_(metrics::MakeCounter(registry, kLookUps, kLookUpsHelp, {{"result", "unanswered"}})),
          speech_(metrics::MakeHistogram(registry, "trunkline_ivr_speech_seconds", "Time to speak one text.",
                                         {0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5})) {
        for (const EndReason reason : {EndReason::kQueued, EndReason::kTransferred, EndReason::kHungUp,
                                       EndReason::kCallerHungUp, EndReason::kFailed}) {
            ended_[reason] =
                &metrics::MakeCounter(registry, "trunkline_ivr_flows_ended_total", "Flows that ended, by reason.",
                                      {{"reason", std::string(ToString(reason))}});
        }
    }

    BusFlowFacts::Counters flows() {
        return {started_, [this](EndReason reason) -> prometheus::Counter& { return *ended_.at(reason); }, unspoken_};
    }
    GrpcCallers::Figures callers() { return {look_ups_answered_, look_ups_unanswered_}; }
    EspeakEngine::Figures speech() { return {spoken_, failed_, speech_}; }

 private:
    static constexpr const char* kTexts = "trunkline_ivr_texts_spoken_total";
    static constexpr const char* kTextsHelp = "Texts given to the speech engine, by result.";
    static constexpr const char* kLookUps = "trunkline_ivr_look_ups_total";
    static constexpr const char* kLookUpsHelp =
        "Callers looked up in the customers' records, by whether they answered.";

    prometheus::Counter& started_;
    prometheus::Counter& unspoken_;
    prometheus::Counter& spoken_;
    prometheus::Counter& failed_;
    prometheus::Counter& look_ups_answered_;
    prometheus::Counter& look_ups_unanswered_;
    prometheus::Histogram& speech_;
    std::map<EndReason, prometheus::Counter*> ended_;
};

}  // namespace trunkline::ivr

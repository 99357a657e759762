// Every figure of the trunk gateway. README.md lists them.
#pragma once
#include <map>
#include <string>

#include "metrics/metrics.hpp"

namespace trunkline::trunk {

// Safe from any thread.
class Metrics {
 public:
    explicit Metrics(metrics::Registry& registry)
        : calls_live(metrics::MakeGauge(registry, "trunkline_trunk_live_calls", "Calls under way.")),
          legs_live(metrics::MakeGauge(registry, "trunkline_trunk_live_legs", "SIP legs under way.")),
          phones_registered(
              metrics::MakeGauge(registry, "trunkline_trunk_registered_phones", "Phones that are registered.")),
          browser_phones(
              metrics::MakeGauge(registry, "trunkline_trunk_browser_phones", "Phones with a page, or in its grace.")),
          setup_seconds(metrics::MakeHistogram(registry, "trunkline_trunk_call_setup_seconds",
                                               "From the INVITE to its answer.", {0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10})),
          commands_failed(metrics::MakeCounter(registry, "trunkline_trunk_commands_failed_total",
                                               "Commands of applications that were refused.")),
          links_dropped(metrics::MakeCounter(registry, "trunkline_trunk_link_overflows_total",
                                             "Links closed because the application did not read.")),
          journal_errors(metrics::MakeCounter(registry, "trunkline_trunk_journal_errors_total",
                                              "Times that a recording could not be written.")),
          packets_received(metrics::MakeCounter(registry, "trunkline_trunk_rtp_packets_received_total",
                                                "RTP packets that arrived.")),
          packets_sent(
              metrics::MakeCounter(registry, "trunkline_trunk_rtp_packets_sent_total", "RTP packets that were sent.")),
          packets_foreign(metrics::MakeCounter(registry, "trunkline_trunk_rtp_packets_foreign_total",
                                               "RTP packets dropped for their source.")),
          packets_lost(metrics::MakeCounter(registry, "trunkline_trunk_rtp_packets_lost_total",
                                            "RTP packets that closed legs missed.")),
          jitter_seconds(metrics::MakeHistogram(registry, "trunkline_trunk_rtp_jitter_seconds",
                                                "Interarrival jitter of closed legs (RFC 3550 A.8).",
                                                {0.001, 0.005, 0.01, 0.02, 0.05, 0.1})),
          shed_ratio(metrics::MakeGauge(registry, "trunkline_trunk_shed_ratio",
                                        "Share of new calls that is refused because of overload.")),
          calls_(prometheus::BuildCounter()
                     .Name("trunkline_trunk_calls_total")
                     .Help("Ended calls by direction and result.")
                     .Register(registry)),
          legs_(prometheus::BuildCounter()
                    .Name("trunkline_trunk_legs_total")
                    .Help("Ended legs that applications dialled, by reason.")
                    .Register(registry)),
          requests_(prometheus::BuildCounter()
                        .Name("trunkline_trunk_sip_requests_total")
                        .Help("SIP requests outside of calls, by method.")
                        .Register(registry)),
          refusals_(prometheus::BuildCounter()
                        .Name("trunkline_trunk_sip_refusals_total")
                        .Help("Requests refused by policy, by status.")
                        .Register(registry)),
          dial_refusals_(prometheus::BuildCounter()
                             .Name("trunkline_trunk_dial_refusals_total")
                             .Help("Calls to numbers that were refused, by reason.")
                             .Register(registry)),
          trunk_failures_(prometheus::BuildCounter()
                              .Name("trunkline_trunk_carrier_failures_total")
                              .Help("Calls that a carrier trunk could not carry.")
                              .Register(registry)),
          links_(prometheus::BuildGauge()
                     .Name("trunkline_trunk_link_attached")
                     .Help("1 while the application is attached.")
                     .Register(registry)),
          carriers_(prometheus::BuildGauge()
                        .Name("trunkline_trunk_carrier_up")
                        .Help("1 while the carrier trunk is up.")
                        .Register(registry)),
          sip_messages_(prometheus::BuildCounter()
                            .Name("trunkline_trunk_sip_messages_total")
                            .Help("SIP messages that needed something special, by kind.")
                            .Register(registry)) {}

    void CountCall(const std::string& direction, const std::string& result) {
        calls_.Add({{"direction", direction}, {"result", result}}).Increment();
    }
    void CountLeg(const std::string& reason) { legs_.Add({{"reason", reason}}).Increment(); }
    // Methods that peers make up are counted as one.
    void CountRequest(const std::string& method) {
        static const std::map<std::string, int> kKnown{{"INVITE", 0},  {"REGISTER", 0},  {"OPTIONS", 0},
                                                       {"MESSAGE", 0}, {"SUBSCRIBE", 0}, {"REFER", 0}};
        requests_.Add({{"method", kKnown.contains(method) ? method : "other"}}).Increment();
    }
    void CountDialRefused(const std::string& reason) { dial_refusals_.Add({{"reason", reason}}).Increment(); }
    void CountTrunkFailure(const std::string& trunk) { trunk_failures_.Add({{"trunk", trunk}}).Increment(); }
    void CountRefused(int status) { refusals_.Add({{"status", std::to_string(status)}}).Increment(); }
    void SetLink(const std::string& application, bool attached) {
        links_.Add({{"application", application}}).Set(attached ? 1 : 0);
    }
    void SetCarrier(const std::string& trunk, bool up) { carriers_.Add({{"trunk", trunk}}).Set(up ? 1 : 0); }
    void SetSipMessages(const std::string& kind, uint64_t count) { Raise(sip_messages_.Add({{"kind", kind}}), count); }

    // Brings a counter to a sum that is kept elsewhere.
    static void Raise(prometheus::Counter& counter, uint64_t sum) {
        counter.Increment(static_cast<double>(sum) - counter.Value());
    }

    prometheus::Gauge& calls_live;
    prometheus::Gauge& legs_live;
    prometheus::Gauge& phones_registered;
    prometheus::Gauge& browser_phones;
    prometheus::Histogram& setup_seconds;
    prometheus::Counter& commands_failed;
    prometheus::Counter& links_dropped;
    prometheus::Counter& journal_errors;
    prometheus::Counter& packets_received;
    prometheus::Counter& packets_sent;
    prometheus::Counter& packets_foreign;
    prometheus::Counter& packets_lost;
    prometheus::Histogram& jitter_seconds;
    prometheus::Gauge& shed_ratio;

 private:
    prometheus::Family<prometheus::Counter>& calls_;
    prometheus::Family<prometheus::Counter>& legs_;
    prometheus::Family<prometheus::Counter>& requests_;
    prometheus::Family<prometheus::Counter>& refusals_;
    prometheus::Family<prometheus::Counter>& dial_refusals_;
    prometheus::Family<prometheus::Counter>& trunk_failures_;
    prometheus::Family<prometheus::Gauge>& links_;
    prometheus::Family<prometheus::Gauge>& carriers_;
    prometheus::Family<prometheus::Counter>& sip_messages_;
};

}  // namespace trunkline::trunk

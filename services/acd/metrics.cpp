// Counting what the router decides.
#include "acd/metrics.hpp"

namespace trunkline::acd {
namespace {

const prometheus::Histogram::BucketBoundaries kWaitSeconds{1,  3,  5,   10,  15,  20,  30,  45,
                                                           60, 90, 120, 180, 300, 600, 1200};
const prometheus::Histogram::BucketBoundaries kDecisionSeconds{1e-6, 2e-6, 5e-6, 1e-5, 2e-5, 5e-5, 1e-4,
                                                               2e-4, 5e-4, 1e-3, 2e-3, 1e-2, 1e-1};

prometheus::Family<prometheus::Counter>& Counters(metrics::Registry& registry, const char* name, const char* help) {
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
}

prometheus::Family<prometheus::Gauge>& Gauges(metrics::Registry& registry, const char* name, const char* help) {
    return prometheus::BuildGauge().Name(name).Help(help).Register(registry);
}

double Seconds(Duration duration) { return std::chrono::duration<double>(duration).count(); }

const char* ToText(Outcome outcome) {
    switch (outcome) {
        case Outcome::kAnswered:
            return "answered";
        case Outcome::kAbandoned:
            return "abandoned";
        case Outcome::kFlowOut:
            return "flow_out";
        case Outcome::kSystemError:
            return "system_error";
    }
    return "";
}

}  // namespace

Metrics::Metrics(metrics::Registry& registry, service::Host& host)
    : host_(host),
      queued_(Counters(registry, "trunkline_acd_contacts_queued_total", "Queue segments begun, by queue.")),
      offers_(Counters(registry, "trunkline_acd_offers_total", "Offers to agents, by queue.")),
      missed_(Counters(registry, "trunkline_acd_offers_missed_total", "Offers that were not taken, by reason.")),
      dequeued_(
          Counters(registry, "trunkline_acd_contacts_dequeued_total", "Queue segments ended, by queue and outcome.")),
      illegal_(
          Counters(registry, "trunkline_acd_events_illegal_total", "Events that did not fit the state, by reason.")),
      waits_(prometheus::BuildHistogram()
                 .Name("trunkline_acd_queue_wait_seconds")
                 .Help("Wait in a queue until the segment ended, by queue and outcome.")
                 .Register(registry)),
      waiting_(Gauges(registry, "trunkline_acd_contacts_waiting", "Contacts that wait now, by queue.")),
      agents_(Gauges(registry, "trunkline_acd_agents", "Agents now, by state.")),
      callbacks_(Counters(registry, "trunkline_acd_callbacks_total", "Callbacks that are done, by queue and result.")),
      callbacks_open_(
          metrics::MakeGauge(registry, "trunkline_acd_callbacks_open", "Callers who are still to be called back.")),
      decisions_(metrics::MakeHistogram(registry, "trunkline_acd_decision_seconds",
                                        "Time the router takes for one event; its count is the decisions.",
                                        kDecisionSeconds)),
      link_(metrics::MakeGauge(registry, "trunkline_acd_trunk_link_up", "1 while attached to the telephone side.")) {
    host_.SetReady("trunk", false);
}

void Metrics::OnDecided(Duration took) { decisions_.Observe(Seconds(took)); }

void Metrics::OnFact(const Fact& fact) {
    std::visit([this](const auto& body) { Count(body); }, fact.body);
}

void Metrics::OnIllegal(const std::string& reason) { illegal_.Add({{"reason", reason}}).Increment(); }

void Metrics::OnLink(bool up) {
    link_.Set(up ? 1 : 0);
    host_.SetReady("trunk", up);
}

void Metrics::Count(const ContactQueued& fact) { queued_.Add({{"queue", fact.queue.str()}}).Increment(); }

void Metrics::Count(const ContactOffered& fact) { offers_.Add({{"queue", fact.queue.str()}}).Increment(); }

void Metrics::Count(const OfferEnded& fact) { missed_.Add({{"reason", fact.reason}}).Increment(); }

void Metrics::Count(const ContactDequeued& fact) {
    const metrics::Labels labels{{"queue", fact.queue.str()}, {"outcome", ToText(fact.outcome)}};
    dequeued_.Add(labels).Increment();
    waits_.Add(labels, kWaitSeconds).Observe(Seconds(fact.left - fact.queued));
}

void Metrics::Count(const CallbackEnded& fact) {
    callbacks_.Add({{"queue", fact.queue.str()}, {"result", fact.result}}).Increment();
}

void Metrics::OnState(const Router& router) {
    for (const auto& [id, queue] : router.queues()) {
        waiting_.Add({{"queue", id.str()}}).Set(static_cast<double>(queue.waiting));
    }
    callbacks_open_.Set(static_cast<double>(router.OpenCallbacks()));
    for (size_t i = 0; i < kAgentStates; ++i) {
        const auto state = static_cast<AgentState>(i);
        agents_.Add({{"state", std::string(acd::ToText(state))}}).Set(static_cast<double>(router.CountOf(state)));
    }
}

}  // namespace trunkline::acd

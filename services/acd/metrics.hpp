// The figures of the router, listed in README.
#pragma once
#include <map>
#include <string>

#include "acd/app/ports.hpp"
#include "acd/app/switchboard.hpp"
#include "metrics/metrics.hpp"
#include "service/host.hpp"

namespace trunkline::acd {

// Used on the owner thread.
class Metrics final : public Observer {
 public:
    // Readiness follows the link.
    Metrics(metrics::Registry& registry, service::Host& host);

    void OnDecided(Duration took) override;
    void OnFact(const Fact& fact) override;
    void OnIllegal(const std::string& reason) override;
    void OnLink(bool up) override;
    void OnState(const Router& router) override;

 private:
    template <class Body>
    void Count(const Body& /*fact*/) {}
    void Count(const ContactQueued& fact);
    void Count(const ContactOffered& fact);
    void Count(const OfferEnded& fact);
    void Count(const ContactDequeued& fact);
    void Count(const CallbackEnded& fact);

    service::Host& host_;
    prometheus::Family<prometheus::Counter>& queued_;
    prometheus::Family<prometheus::Counter>& offers_;
    prometheus::Family<prometheus::Counter>& missed_;
    prometheus::Family<prometheus::Counter>& dequeued_;
    prometheus::Family<prometheus::Counter>& illegal_;
    prometheus::Family<prometheus::Histogram>& waits_;
    prometheus::Family<prometheus::Gauge>& waiting_;
    prometheus::Family<prometheus::Gauge>& agents_;
    prometheus::Family<prometheus::Counter>& callbacks_;
    prometheus::Gauge& callbacks_open_;
    prometheus::Histogram& decisions_;
    prometheus::Gauge& link_;
};

}  // namespace trunkline::acd

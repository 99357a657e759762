// Facts of self service on the bus, and their figures.
#pragma once
#include <functional>

#include "bus/outbox.hpp"
#include "ivr/app/ports.hpp"

namespace trunkline::ivr {

class BusFlowFacts final : public FlowFacts {
 public:
    // Called on the attendant's thread.
    struct Counters {
        prometheus::Counter& started;
        std::function<prometheus::Counter&(EndReason)> ended;
        prometheus::Counter& unspoken;
    };

    BusFlowFacts(bus::FactWriter& writer, Counters counters) : writer_(writer), counters_(std::move(counters)) {}

    void Started(const ContactId& contact, const FlowVersion& flow, TimePoint at) override;
    void Entered(const ContactId& contact, const FlowVersion& flow, const NodeEntry& entry, TimePoint at) override;
    void Left(const ContactId& contact, const NodeExit& exit, TimePoint at) override;
    void Ended(const ContactId& contact, const std::string& flow, uint32_t step, EndReason reason,
               TimePoint at) override;

 private:
    bus::FactWriter& writer_;
    Counters counters_;
};

}  // namespace trunkline::ivr

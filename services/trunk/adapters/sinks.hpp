// Who listens to calls besides their application: the bus and the metrics.
#pragma once
#include "bus/outbox.hpp"
#include "trunk/adapters/metrics.hpp"
#include "trunk/app/ports.hpp"
#include "trunkline/trunk/v1/resources.pb.h"

namespace trunkline::trunk {

// Facts of calls, by way of the group commit: never waits for the database.
class BusFacts final : public EventSink {
 public:
    explicit BusFacts(bus::FactWriter& writer) : writer_(writer) {}
    void Tell(const Call& call, const Event& event, TimePoint now) override;

    // Facts that belong to no live call. Safe from any thread.
    void TellRecordingFinished(const v1::Journal& journal, TimePoint now);
    void TellPhone(const std::string& phone, bool registered, const std::string& detail, TimePoint now);
    void TellCarrier(const std::string& trunk, bool up, const std::string& reason, TimePoint now);

 private:
    bus::FactWriter& writer_;
};

class CallMetrics final : public EventSink {
 public:
    explicit CallMetrics(Metrics& metrics) : metrics_(metrics) {}
    void Tell(const Call& call, const Event& event, TimePoint now) override;

 private:
    Metrics& metrics_;
};

}  // namespace trunkline::trunk

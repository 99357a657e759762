// Reading other services' facts: each takes effect exactly once, in the order of its source, because the effect and the
// cursor are written in one transaction.
#pragma once
#include <functional>
#include <memory>
#include <pqxx/pqxx>
#include <set>
#include <string>
#include <vector>

#include "clock/clock.hpp"
#include "db/pool.hpp"
#include "metrics/metrics.hpp"
#include "rpc/rpc.hpp"
#include "service/host.hpp"

namespace trunkline::bus {

// A fact as it is received.
struct Received {
    std::string event_id;
    std::string source;
    uint64_t sequence = 0;
    std::string key;
    std::string type;
    TimePoint occurred{};
    std::string payload;

    // The payload as a message; false when the type differs or the bytes do not parse.
    template <class Message>
    bool To(Message& message) const {
        return type == message.GetTypeName() && message.ParseFromString(payload);
    }
};

struct Source {
    std::string name;  // the publishing service's word
    std::string bus;   // tcp://host:port of its publisher
    std::string grpc;  // host:port of its EventLog
};

struct SubscriberConfig {
    std::string consumer;  // names the cursor; the service's word, or service.purpose
    std::vector<Source> sources;
    rpc::TlsFiles tls;
    size_t batch_limit = 500;
    std::chrono::milliseconds gather{15};  // after a commit, what comes in this time goes into the next one together
    std::set<std::string> types;           // of events that the handler wants; empty: all
    int tries = 5;                         // of one event, with back-off 0.1 to 10 s, before it is put aside as dead
};

// Applies one event inside the transaction that also moves the cursor. An exception sets the event aside (and, to keep
// their order, later ones of its key), while others go on; it is tried again, then kept as a dead letter.
using Handler = std::function<void(pqxx::work&, const Received&)>;

// One thread. Heals holes, restarts and lost messages through Replay.
class Subscriber final : public service::Component {
 public:
    Subscriber(db::Pool& pool, metrics::Registry& registry, SubscriberConfig config, Handler handler);
    ~Subscriber() override;

    // Called on the subscriber's thread after effects were committed (to ring the own publisher). Before Start.
    void OnCommitted(std::function<void()> callback);

    void Start() override;
    void Stop() override;

 private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace trunkline::bus

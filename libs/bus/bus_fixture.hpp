// Helpers of the bus tests: a source whose bus messages the test sends itself, and a consumer that writes down what
// took effect.
#pragma once
#include <grpcpp/grpcpp.h>

#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <vector>
#include <zmq.hpp>

#include "bus/outbox.hpp"
#include "bus/publisher.hpp"
#include "bus/subscriber.hpp"
#include "ids/ids.hpp"
#include "testing/database/throwaway_postgres.hpp"
#include "trunkline/bus/v1/bus.pb.h"

namespace trunkline::bus {

// Real threads and sockets are at work, so the test looks again and again; true when `condition` came true in time.
template <class Condition>
bool Eventually(Condition condition, std::chrono::milliseconds limit = std::chrono::seconds(10)) {
    const SystemClock clock;
    const SteadyTime end = clock.SteadyNow() + limit;
    while (!condition()) {
        if (clock.SteadyNow() > end) {
            return false;
        }
        SleepFor(std::chrono::milliseconds(5));
    }
    return true;
}

inline std::unique_ptr<db::Pool> MigratedSchema(const std::string& word, int connections = 4) {
    auto pool = testing::ThrowawayPostgres::Shared().NewSchema(word, connections);
    REQUIRE(pool->Migrate(OutboxMigration()).ok());
    return pool;
}

// What `work` returns; a database error fails the test.
template <class Work>
auto Query(db::Pool& pool, Work work) {
    auto result = pool.Run(work);
    if (!result.ok()) {
        throw std::runtime_error(result.error().message);
    }
    return std::move(result).value();
}

inline Event TextEvent(const std::string& key, const std::string& text) {
    return {DerivedId(key + "/" + text), key, "test.Text", FromUnixMillis(1772413200123), text};
}

inline double CounterValue(metrics::Registry& registry, const std::string& name) {
    double sum = 0;
    for (const prometheus::MetricFamily& family : registry.Collect()) {
        for (const prometheus::ClientMetric& metric : family.metric) {
            sum += family.name == name ? metric.counter.value : 0;
        }
    }
    return sum;
}

// A source: a real outbox and a real EventLog, but the test is the relay.
class ScriptedSource {
 public:
    ScriptedSource() : log_(*pool_, registry_, {"source", "tcp://127.0.0.1:0"}) {
        grpc::ServerBuilder builder;
        int port = 0;
        builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
        builder.RegisterService(&log_.event_log());
        server_ = builder.BuildAndStart();
        grpc_ = "127.0.0.1:" + std::to_string(port);
        socket_.bind("tcp://127.0.0.1:0");
        socket_.set(zmq::sockopt::linger, 0);
    }

    db::Pool& pool() { return *pool_; }
    Source source() const { return {"source", socket_.get(zmq::sockopt::last_endpoint), grpc_}; }

    void Store(const std::string& key, const std::string& text) {
        REQUIRE(pool_->Run([&](pqxx::work& transaction) { Append(transaction, {TextEvent(key, text)}); }).ok());
    }
    // Blocks until a subscriber is connected: what is sent later reaches it.
    void AwaitSubscriber() {
        zmq::message_t subscription;
        (void)socket_.recv(subscription);
    }
    void Publish(uint64_t sequence, const std::string& key, const std::string& text) {
        const v1::Envelope envelope = MakeEnvelope(sequence, key, text);
        Send({envelope.type(), envelope.SerializeAsString()});
    }
    // All in one message; their numbers begin at `first`.
    void PublishTogether(uint64_t first, const std::string& key, const std::vector<std::string>& texts) {
        v1::ReplayResponse page;
        for (const std::string& text : texts) *page.add_events() = MakeEnvelope(first++, key, text);
        Send({page.GetTypeName(), page.SerializeAsString()});
    }
    v1::Envelope MakeEnvelope(uint64_t sequence, const std::string& key, const std::string& text) {
        const Event event = TextEvent(key, text);
        v1::Envelope envelope;
        envelope.set_event_id(event.event_id);
        envelope.set_source("source");
        envelope.set_epoch(Epoch());
        envelope.set_sequence(sequence);
        envelope.set_key(key);
        envelope.set_type(event.type);
        envelope.set_payload(text);
        return envelope;
    }
    void Heartbeat(uint64_t sequence) {
        v1::Heartbeat heartbeat;
        heartbeat.set_source("source");
        heartbeat.set_epoch(Epoch());
        heartbeat.set_sequence(sequence);
        Send({heartbeat.GetTypeName(), heartbeat.SerializeAsString()});
    }
    void Send(const std::vector<std::string>& frames) {
        for (size_t i = 0; i < frames.size(); ++i) {
            const bool last = i + 1 == frames.size();
            socket_.send(zmq::buffer(frames[i]), last ? zmq::send_flags::none : zmq::send_flags::sndmore);
        }
    }
    std::string Epoch() {
        return Query(*pool_, [](pqxx::work& transaction) {
            return transaction.exec1("SELECT epoch FROM outbox_head")[0].as<std::string>();
        });
    }

 private:
    std::unique_ptr<db::Pool> pool_ = MigratedSchema("source");
    metrics::Registry registry_;
    Publisher log_;
    std::unique_ptr<grpc::Server> server_;
    std::string grpc_;
    zmq::context_t context_{1};
    zmq::socket_t socket_{context_, zmq::socket_type::xpub};
};

// The database of a consumer; its handler writes each effect as a row.
class Ledger {
 public:
    Ledger() {
        REQUIRE(
            pool_->Migrate({{"0001_create_effect", "CREATE TABLE effect (position bigserial, key text, body text)"}})
                .ok());
    }

    db::Pool& pool() { return *pool_; }
    metrics::Registry& registry() { return registry_; }

    static void Write(pqxx::work& transaction, const Received& event) {
        transaction.exec_params("INSERT INTO effect (key, body) VALUES ($1, $2)", event.key, event.payload);
    }
    std::unique_ptr<Subscriber> Subscribe(std::vector<Source> sources, Handler handler = Write, int tries = 5,
                                          std::set<std::string> types = {}) {
        SubscriberConfig config;
        config.consumer = "ledger";
        config.sources = std::move(sources);
        config.tries = tries;
        config.types = std::move(types);
        return std::make_unique<Subscriber>(*pool_, registry_, config, std::move(handler));
    }
    // What took effect, in order; of one key, or of all when the key is empty.
    std::vector<std::string> Effects(const std::string& key = "") {
        return Query(*pool_, [&](pqxx::work& transaction) {
            std::vector<std::string> bodies;
            for (const pqxx::row& row :
                 transaction.exec_params("SELECT body FROM effect WHERE $1 IN ('', key) ORDER BY position", key)) {
                bodies.push_back(row[0].as<std::string>());
            }
            return bodies;
        });
    }
    bool Has(const std::vector<std::string>& bodies) {
        return Eventually([&] { return Effects().size() >= bodies.size(); }) && Effects() == bodies;
    }
    int64_t Number(const std::string& query) {
        return Query(*pool_, [&](pqxx::work& transaction) { return transaction.exec1(query)[0].as<int64_t>(); });
    }

 private:
    std::unique_ptr<db::Pool> pool_ = MigratedSchema("ledger");
    metrics::Registry registry_;
};

}  // namespace trunkline::bus

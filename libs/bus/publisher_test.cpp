// The relay with a real subscriber: what is committed arrives at once, and nothing waits for a forgotten transaction.
#include "bus/bus_fixture.hpp"
#include "trunkline/bus/v1/bus.grpc.pb.h"

namespace trunkline::bus {
namespace {

using Texts = std::vector<std::string>;

// A service that publishes: outbox, relay and EventLog.
class RelayedSource {
 public:
    explicit RelayedSource(std::chrono::milliseconds poll = std::chrono::milliseconds(200))
        : publisher_(*pool_, registry_, {"source", "tcp://127.0.0.1:0", poll}) {
        publisher_.Start();
        grpc::ServerBuilder builder;
        builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
        builder.RegisterService(&publisher_.event_log());
        server_ = builder.BuildAndStart();
    }
    db::Pool& pool() { return *pool_; }
    Publisher& publisher() { return publisher_; }
    metrics::Registry& registry() { return registry_; }
    Source source() const { return {"source", publisher_.address(), "127.0.0.1:" + std::to_string(port_)}; }
    void Store(const std::string& key, const std::string& text) {
        REQUIRE(pool_->Run([&](pqxx::work& transaction) { Append(transaction, {TextEvent(key, text)}); }).ok());
    }

 private:
    std::unique_ptr<db::Pool> pool_ = MigratedSchema("source", 8);
    metrics::Registry registry_;
    Publisher publisher_;
    std::unique_ptr<grpc::Server> server_;
    int port_ = 0;
};

TEST_CASE("publisher: a committed fact rings the relay and takes effect at the subscriber", "[bus][database]") {
    RelayedSource source(std::chrono::hours(1));  // no polling: only the doorbell can do it
    Ledger ledger;
    const auto subscriber = ledger.Subscribe({source.source()});
    subscriber->Start();
    metrics::Registry registry;
    FactWriter writer(source.pool(), registry, "source");
    writer.OnCommitted([&] { source.publisher().Ring(); });
    writer.Start();
    Texts expected;
    for (int i = 0; i < 100; ++i) {
        writer.Post(TextEvent("a", std::to_string(i)));
        expected.push_back(std::to_string(i));
    }
    CHECK(ledger.Has(expected));
    REQUIRE(Eventually([&] { return CounterValue(source.registry(), "trunkline_bus_published_total") == 100; }));
    writer.Post(TextEvent("a", "by the bus alone"));
    expected.emplace_back("by the bus alone");
    CHECK(ledger.Has(expected));
}

TEST_CASE("publisher: what the writer hands over and what others store arrive in one order", "[bus][database]") {
    RelayedSource source(std::chrono::hours(1));
    Ledger ledger;
    const auto subscriber = ledger.Subscribe({source.source()});
    subscriber->Start();
    metrics::Registry registry;
    FactWriter writer(source.pool(), registry, "source");
    writer.OnCommitted([&](Committed facts) { source.publisher().Publish(std::move(facts)); });
    writer.Start();
    Texts expected;
    for (int i = 0; i < 59; ++i) {
        const std::string text = std::to_string(i);
        expected.push_back(text);
        if (i % 7 == 3) {
            // Told to nobody: the relay notices by the next number that something lies in between.
            source.Store("a", text);
        } else {
            writer.Post(TextEvent("a", text));
            REQUIRE(writer.Flush(std::chrono::seconds(10)));
        }
    }
    CHECK(ledger.Has(expected));
    CHECK(CounterValue(source.registry(), "trunkline_bus_published_total") >= 40);
}

TEST_CASE("publisher: a fact that was told before is not handed over again", "[bus][database]") {
    RelayedSource source(std::chrono::hours(1));
    metrics::Registry registry;
    FactWriter writer(source.pool(), registry, "source");
    std::vector<Committed> handed;
    writer.OnCommitted([&](Committed facts) { handed.push_back(std::move(facts)); });
    for (const char* text : {"one", "two", "one", "three"}) {
        writer.Post(TextEvent("a", text));
    }
    writer.Start();
    REQUIRE(writer.Flush(std::chrono::seconds(10)));
    writer.Post(TextEvent("a", "two"));
    writer.Post(TextEvent("a", "four"));
    REQUIRE(writer.Flush(std::chrono::seconds(10)));
    writer.Stop();
    Texts texts;
    uint64_t next = 0;
    for (const Committed& facts : handed) {
        CHECK(facts.base == next);
        next += facts.events.size();
        for (const Event& event : facts.events) {
            texts.push_back(event.payload);
        }
    }
    CHECK(texts == Texts{"one", "two", "three", "four"});
}

TEST_CASE("publisher: a transaction that is left open stalls nobody", "[bus][database]") {
    RelayedSource source;
    Ledger ledger;
    const auto subscriber = ledger.Subscribe({source.source()});
    subscriber->Start();
    const auto connection = source.pool().Connect();
    pqxx::work forgotten(*connection);
    forgotten.exec("CREATE TABLE left_open (number int)");
    source.Store("a", "one");
    source.Store("a", "two");
    CHECK(ledger.Has({"one", "two"}));
}

TEST_CASE("publisher: two relays of one outbox cause no double effect", "[bus][database]") {
    RelayedSource source;
    metrics::Registry registry;
    Publisher second(source.pool(), registry, {"source", "tcp://127.0.0.1:0"});
    second.Start();
    Ledger ledger;
    Source other = source.source();
    other.bus = second.address();
    const auto subscriber = ledger.Subscribe({source.source(), other});
    subscriber->Start();
    Texts expected;
    for (int i = 0; i < 50; ++i) {
        source.Store("a", std::to_string(i));
        source.publisher().Ring();
        second.Ring();
        expected.push_back(std::to_string(i));
    }
    CHECK(ledger.Has(expected));
}

TEST_CASE("publisher: events older than the limit are deleted, younger ones kept", "[bus][database]") {
    const auto pool = MigratedSchema("source");
    REQUIRE(pool->Run([](pqxx::work& transaction) {
                    Append(transaction, {TextEvent("a", "old"), TextEvent("a", "young")});
                })
                .ok());
    REQUIRE(pool->Run([](pqxx::work& transaction) {
                    transaction.exec("UPDATE outbox SET stored_time = now() - interval '8 days' WHERE sequence = 1");
                })
                .ok());
    metrics::Registry registry;
    Publisher publisher(*pool, registry, {"source", "tcp://127.0.0.1:0"});
    publisher.Start();
    CHECK(Eventually([&] {
        return Query(*pool, [](pqxx::work& transaction) {
                   return transaction.exec1("SELECT min(sequence) FROM outbox")[0].as<int>();
               }) == 2;
    }));
}

TEST_CASE("publisher: a port in use stops the start with its address", "[bus][database]") {
    RelayedSource source;
    metrics::Registry registry;
    Publisher second(source.pool(), registry, {"source", source.publisher().address()});
    CHECK_THROWS_WITH(second.Start(), Catch::Contains(source.publisher().address()));
}

TEST_CASE("publisher: one that starts before its tables says so, and publishes once they are there",
          "[bus][database]") {
    const auto pool = testing::ThrowawayPostgres::Shared().NewSchema("late", 4);
    metrics::Registry registry;
    Publisher publisher(*pool, registry, {.source = "late", .listen = "tcp://127.0.0.1:0", .awaits_tables = true});
    publisher.Start();
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(&publisher.event_log());
    const auto server = builder.BuildAndStart();
    const std::string address = "127.0.0.1:" + std::to_string(port);
    const auto log = v1::EventLog::NewStub(grpc::CreateChannel(address, grpc::InsecureChannelCredentials()));
    grpc::ClientContext context;
    v1::ReplayResponse page;
    CHECK(log->Replay(&context, {}, &page).error_code() == grpc::StatusCode::UNAVAILABLE);

    REQUIRE(pool->Migrate(OutboxMigration()).ok());
    publisher.TablesAreThere();
    Ledger ledger;
    const auto subscriber = ledger.Subscribe({{"late", publisher.address(), address}});
    subscriber->Start();
    REQUIRE(pool->Run([](pqxx::work& transaction) { Append(transaction, {TextEvent("a", "one")}); }).ok());
    CHECK(ledger.Has({"one"}));
}

}  // namespace
}  // namespace trunkline::bus

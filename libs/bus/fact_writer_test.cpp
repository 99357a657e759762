// Group commit keeps order and keeps facts while the database is away.
#include <thread>

#include "bus/bus_fixture.hpp"
#include "bus/outbox_reader.hpp"

namespace trunkline::bus {
namespace {

using std::chrono::seconds;

std::vector<std::string> Stored(db::Pool& pool, const std::string& key = "") {
    return Query(pool, [&](pqxx::work& transaction) {
        std::vector<std::string> payloads;
        const v1::ReplayResponse page = ReadOutbox(transaction, "source", 0, kPageEvents);
        for (const v1::Envelope& event : page.events()) {
            if (key.empty() || event.key() == key) {
                payloads.push_back(event.payload());
            }
        }
        return payloads;
    });
}

TEST_CASE("fact writer: facts of several threads keep their order for each key", "[bus][database]") {
    const auto pool = MigratedSchema("facts");
    metrics::Registry registry;
    FactWriter writer(*pool, registry, "facts");
    std::atomic<int> commits{0};
    writer.OnCommitted([&] { ++commits; });
    writer.Start();
    std::vector<std::thread> threads;
    for (const std::string key : {"a", "b", "c"}) {
        threads.emplace_back([&writer, key] {
            for (int i = 0; i < 300; ++i) {
                writer.Post(TextEvent(key, std::to_string(i)));
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    REQUIRE(writer.Flush(seconds(10)));
    for (const std::string key : {"a", "b", "c"}) {
        const std::vector<std::string> stored = Stored(*pool, key);
        REQUIRE(stored.size() == 300);
        for (int i = 0; i < 300; ++i) {
            REQUIRE(stored[i] == std::to_string(i));
        }
    }
    CHECK(commits >= 1);
    CHECK(commits < 900);
}

TEST_CASE("fact writer: the state and its event are written together", "[bus][database]") {
    const auto pool = MigratedSchema("facts");
    REQUIRE(pool->Migrate({{"0001_create_state", "CREATE TABLE state (number int PRIMARY KEY)"}}).ok());
    metrics::Registry registry;
    FactWriter writer(*pool, registry, "facts");
    const auto insert = [](int number) {
        return [number](pqxx::work& transaction) { transaction.exec_params("INSERT INTO state VALUES ($1)", number); };
    };
    writer.Post(Fact{insert(1), {TextEvent("k", "one")}});
    writer.Post(Fact{insert(1), {TextEvent("k", "one again, against the primary key")}});
    writer.Post(Fact{insert(2), {TextEvent("k", "two")}});
    writer.Start();
    REQUIRE(writer.Flush(seconds(10)));
    CHECK(Stored(*pool) == std::vector<std::string>{"one", "two"});
    CHECK(CounterValue(registry, "trunkline_bus_refused_facts_total") == 1);
}

TEST_CASE("fact writer: a full queue refuses the newest", "[bus][database]") {
    const auto pool = MigratedSchema("facts");
    metrics::Registry registry;
    FactWriterConfig config;
    config.queue_limit = 2;
    FactWriter writer(*pool, registry, "facts", config);
    CHECK(writer.Post(TextEvent("k", "one")));
    CHECK(writer.Post(TextEvent("k", "two")));
    CHECK_FALSE(writer.Post(TextEvent("k", "three")));
    writer.Start();
    REQUIRE(writer.Flush(seconds(10)));
    CHECK(writer.Post(TextEvent("k", "four")));
    REQUIRE(writer.Flush(seconds(10)));
    CHECK(Stored(*pool) == std::vector<std::string>{"one", "two", "four"});
}

TEST_CASE("fact writer: facts posted while the database is down are stored when it is back", "[bus][database]") {
    auto& server = testing::ThrowawayPostgres::Shared();
    const auto pool = MigratedSchema("facts");
    metrics::Registry registry;
    FactWriter writer(*pool, registry, "facts");
    writer.Start();
    REQUIRE(writer.Post(TextEvent("k", "before")));
    REQUIRE(writer.Flush(seconds(10)));
    server.Crash();
    REQUIRE(writer.Post(TextEvent("k", "meanwhile")));
    REQUIRE(writer.Post(TextEvent("k", "and more")));
    CHECK_FALSE(writer.Flush(std::chrono::milliseconds(100)));
    server.Restart();
    REQUIRE(writer.Flush(seconds(20)));
    CHECK(Stored(*pool) == std::vector<std::string>{"before", "meanwhile", "and more"});
}

TEST_CASE("fact writer: under load many facts share a commit, and nobody who asks for a flush waits for company",
          "[bus][database]") {
    const auto pool = MigratedSchema("facts");
    metrics::Registry registry;
    FactWriterConfig config;
    config.gather = std::chrono::minutes(10);
    config.enough = 50;
    FactWriter writer(*pool, registry, "facts", config);
    std::atomic<int> commits{0};
    writer.OnCommitted([&] { ++commits; });
    writer.Start();
    writer.Post(TextEvent("k", "alone"));
    REQUIRE(Eventually([&] { return commits == 1; }));
    for (int i = 0; i < 50; ++i) {
        CHECK(commits == 1);
        writer.Post(TextEvent("k", std::to_string(i)));
    }
    REQUIRE(Eventually([&] { return commits == 2; }));
    writer.Post(TextEvent("k", "wanted at once"));
    REQUIRE(writer.Flush(seconds(10)));
    CHECK(commits == 3);
    CHECK(Stored(*pool).size() == 52);
}

TEST_CASE("fact writer: stop writes what was posted", "[bus][database]") {
    const auto pool = MigratedSchema("facts");
    metrics::Registry registry;
    FactWriter writer(*pool, registry, "facts");
    writer.Start();
    for (int i = 0; i < 500; ++i) {
        writer.Post(TextEvent("k", std::to_string(i)));
    }
    writer.Stop();
    CHECK(Stored(*pool).size() == 500);
    CHECK_FALSE(writer.Post(TextEvent("k", "too late")));
}

}  // namespace
}  // namespace trunkline::bus

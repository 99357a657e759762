// Exactly one effect for each event, in the order of its source, whatever the bus does.
#include "bus/bus_fixture.hpp"
#include "db/transaction.hpp"

namespace trunkline::bus {
namespace {

using Texts = std::vector<std::string>;

// What synchronous_commit is just before COMMIT.
class Remember final : public db::CommitStep {
 public:
    std::vector<std::string>* found = nullptr;
    void BeforeCommit(pqxx::work& transaction) override {
        found->push_back(transaction.exec1("SELECT current_setting('synchronous_commit')")[0].as<std::string>());
    }
};

TEST_CASE("subscriber: events that were stored before it started take effect", "[bus][database]") {
    ScriptedSource source;
    Ledger ledger;
    source.Store("a", "one");
    source.Store("b", "two");
    const auto subscriber = ledger.Subscribe({source.source()});
    subscriber->Start();
    CHECK(ledger.Has({"one", "two"}));
    CHECK(CounterValue(ledger.registry(), "trunkline_bus_gap_replays_total") == 0);
}

TEST_CASE("subscriber: a hole in the numbers is filled from the outbox, in order", "[bus][database]") {
    ScriptedSource source;
    Ledger ledger;
    const auto subscriber = ledger.Subscribe({source.source()});
    subscriber->Start();
    source.AwaitSubscriber();
    source.Store("a", "one");
    REQUIRE(Eventually([&] {
        source.Heartbeat(1);
        return ledger.Effects().size() == 1;
    }));
    source.Store("a", "two");
    source.Store("a", "three");
    source.Publish(3, "a", "three");
    CHECK(ledger.Has({"one", "two", "three"}));
    CHECK(CounterValue(ledger.registry(), "trunkline_bus_gap_replays_total") >= 1);
}

TEST_CASE("subscriber: a heartbeat with a higher number shows a hole at the end", "[bus][database]") {
    ScriptedSource source;
    Ledger ledger;
    source.Store("a", "one");
    const auto subscriber = ledger.Subscribe({source.source()});
    subscriber->Start();
    source.AwaitSubscriber();
    REQUIRE(ledger.Has({"one"}));
    source.Store("a", "lost by the bus");
    source.Heartbeat(2);
    CHECK(ledger.Has({"one", "lost by the bus"}));
}

TEST_CASE("subscriber: duplicates, junk and foreign messages have no effect", "[bus][database]") {
    ScriptedSource source;
    Ledger ledger;
    source.Store("a", "one");
    const auto subscriber = ledger.Subscribe({source.source()});
    subscriber->Start();
    source.AwaitSubscriber();
    REQUIRE(ledger.Has({"one"}));
    source.Publish(1, "a", "one");
    source.Send({"junk"});
    source.Send({"test.Text", "\xff\xff not a message"});
    source.Send({"test.Text", "too", "many", "frames"});
    v1::Envelope foreign;
    foreign.set_source("stranger");
    foreign.set_sequence(1);
    source.Send({"test.Text", foreign.SerializeAsString()});
    source.Store("a", "two");
    source.Publish(2, "a", "two");
    source.Publish(2, "a", "two");
    source.Store("a", "three");
    source.Publish(3, "a", "three");
    CHECK(ledger.Has({"one", "two", "three"}));
}

TEST_CASE("subscriber: a forged high number is a hole and nothing else", "[bus][database]") {
    ScriptedSource source;
    Ledger ledger;
    source.Store("a", "one");
    const auto subscriber = ledger.Subscribe({source.source()});
    subscriber->Start();
    source.AwaitSubscriber();
    REQUIRE(ledger.Has({"one"}));
    source.Publish(1'000'000, "a", "forged");
    source.Store("a", "two");
    source.Publish(2, "a", "two");
    source.Heartbeat(2);
    CHECK(ledger.Has({"one", "two"}));
    CHECK(ledger.Number("SELECT sequence FROM bus_cursor") == 2);
}

TEST_CASE("subscriber: two copies of a consumer share the work without a double effect", "[bus][database]") {
    ScriptedSource source;
    Ledger ledger;
    Texts expected;
    for (int i = 0; i < 300; ++i) {
        source.Store("a", std::to_string(i));
        expected.push_back(std::to_string(i));
    }
    const auto first = ledger.Subscribe({source.source()});
    const auto second = ledger.Subscribe({source.source()});
    first->Start();
    second->Start();
    source.AwaitSubscriber();
    for (int i = 300; i < 400; ++i) {
        source.Store("a", std::to_string(i));
        source.Publish(i + 1, "a", std::to_string(i));
        expected.push_back(std::to_string(i));
    }
    REQUIRE(Eventually([&] {
        source.Heartbeat(400);
        return ledger.Number("SELECT sequence FROM bus_cursor") == 400;
    }));
    CHECK(ledger.Effects() == expected);
}

TEST_CASE("subscriber: a source that counts anew is read from its start", "[bus][database]") {
    ScriptedSource source;
    Ledger ledger;
    source.Store("a", "old one");
    source.Store("a", "old two");
    const auto subscriber = ledger.Subscribe({source.source()});
    subscriber->Start();
    source.AwaitSubscriber();
    REQUIRE(ledger.Has({"old one", "old two"}));
    REQUIRE(source.pool()
                .Run([](pqxx::work& transaction) {
                    transaction.exec("DELETE FROM outbox");
                    transaction.exec("UPDATE outbox_head SET epoch = gen_random_uuid(), sequence = 0");
                })
                .ok());
    source.Store("a", "new one");
    source.Heartbeat(1);
    CHECK(ledger.Has({"old one", "old two", "new one"}));
    CHECK(CounterValue(ledger.registry(), "trunkline_bus_new_epochs_total") == 1);
}

TEST_CASE("subscriber: one that comes after old events were deleted starts with the oldest kept", "[bus][database]") {
    ScriptedSource source;
    Ledger ledger;
    for (const char* text : {"one", "two", "three"}) {
        source.Store("a", text);
    }
    REQUIRE(source.pool().Run([](pqxx::work& t) { t.exec("DELETE FROM outbox WHERE sequence < 3"); }).ok());
    const auto subscriber = ledger.Subscribe({source.source()});
    subscriber->Start();
    CHECK(ledger.Has({"three"}));
    REQUIRE(source.pool().Run([](pqxx::work& t) { t.exec("DELETE FROM outbox"); }).ok());
    const auto late = std::make_unique<Ledger>();
    const auto late_subscriber = late->Subscribe({source.source()});
    late_subscriber->Start();
    CHECK(Eventually([&] { return late->Number("SELECT coalesce(max(sequence), 0) FROM bus_cursor") == 3; }));
    CHECK(late->Effects().empty());
}

TEST_CASE("subscriber: it goes on after its database crashed", "[bus][database]") {
    ScriptedSource source;
    Ledger ledger;
    source.Store("a", "before");
    const auto subscriber = ledger.Subscribe({source.source()});
    subscriber->Start();
    source.AwaitSubscriber();
    REQUIRE(ledger.Has({"before"}));
    testing::ThrowawayPostgres::Shared().Crash();
    testing::ThrowawayPostgres::Shared().Restart();
    REQUIRE(Eventually([&] { return ledger.pool().Run([](pqxx::work& t) { t.exec("SELECT 1"); }).ok(); }));
    REQUIRE(Eventually([&] { return source.pool().Run([](pqxx::work& t) { t.exec("SELECT 1"); }).ok(); }));
    source.Store("a", "after");
    source.Heartbeat(2);
    CHECK(ledger.Has({"before", "after"}));
}

TEST_CASE("subscriber: what a crash of its database took back happens again, without anything new", "[bus][database]") {
    ScriptedSource source;
    Ledger ledger;
    source.Store("a", "one");
    const auto subscriber = ledger.Subscribe({source.source()});
    subscriber->Start();
    REQUIRE(ledger.Has({"one"}));
    // As if COMMIT had not reached the disk.
    const Status taken_back = ledger.pool().Run([](pqxx::work& transaction) {
        transaction.exec("UPDATE bus_cursor SET sequence = 0");
        transaction.exec("DELETE FROM effect");
    });
    REQUIRE(taken_back.ok());
    CHECK(ledger.Has({"one"}));
}

TEST_CASE("subscriber: a COMMIT waits for the disk only when facts are told in it", "[bus][database]") {
    ScriptedSource source;
    Ledger ledger;
    source.Store("a", "effect");
    source.Store("b", "effect and fact");
    std::vector<std::string> found;
    const auto subscriber = ledger.Subscribe({source.source()}, [&](pqxx::work& transaction, const Received& event) {
        if (event.key == "b") {
            Append(transaction, {TextEvent("own", "fact")});
        }
        Ledger::Write(transaction, event);
        if (event.payload != "effect") {
            dynamic_cast<db::Transaction&>(transaction).Last<Remember>().found = &found;
        }
    });
    subscriber->Start();
    REQUIRE(ledger.Has({"effect", "effect and fact"}));
    source.Store("a", "again");
    source.Heartbeat(3);
    REQUIRE(ledger.Has({"effect", "effect and fact", "again"}));
    CHECK(found == Texts{"on", "off"});
}

TEST_CASE("subscriber: types that are not wanted move the cursor and nothing else", "[bus][database]") {
    ScriptedSource source;
    Ledger ledger;
    source.Store("a", "one");
    source.Store("a", "two");
    const auto subscriber = ledger.Subscribe({source.source()}, Ledger::Write, 5, {"test.Other"});
    subscriber->Start();
    REQUIRE(Eventually([&] { return ledger.Number("SELECT coalesce(max(sequence), 0) FROM bus_cursor") == 2; }));
    CHECK(ledger.Effects().empty());
}

TEST_CASE("subscriber: a source that is away does not hold up the others", "[bus][database]") {
    ScriptedSource source;
    Ledger ledger;
    source.Store("a", "one");
    const auto subscriber = ledger.Subscribe({{"absent", "tcp://127.0.0.1:1", "127.0.0.1:1"}, source.source()});
    subscriber->Start();
    CHECK(ledger.Has({"one"}));
}

TEST_CASE("subscriber: an address of the wrong form stops the start with its text", "[bus][database]") {
    Ledger ledger;
    const auto subscriber = ledger.Subscribe({{"trunk", "127.0.0.1:7", "127.0.0.1:8"}});
    CHECK_THROWS_WITH(subscriber->Start(), Catch::Contains("'127.0.0.1:7'"));
}

}  // namespace
}  // namespace trunkline::bus

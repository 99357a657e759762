// An event that cannot be applied holds up its own key and nothing else.
#include <atomic>
#include <set>

#include "bus/bus_fixture.hpp"

namespace trunkline::bus {
namespace {

using Texts = std::vector<std::string>;

// Throws for the text "poison", otherwise writes the effect.
void RefusePoison(pqxx::work& transaction, const Received& event) {
    if (event.payload == "poison") {
        throw std::runtime_error("cannot digest this");
    }
    Ledger::Write(transaction, event);
}

TEST_CASE("parked: a poison event holds up its key until it is dead, others go on", "[bus][database]") {
    ScriptedSource source;
    Ledger ledger;
    for (const char* text : {"first", "poison", "after"}) {
        source.Store("sick", text);
        source.Store("well", std::string("well ") + text);
    }
    const auto subscriber = ledger.Subscribe({source.source()}, RefusePoison, 3);
    subscriber->Start();
    REQUIRE(Eventually([&] { return ledger.Effects("well").size() == 3; }));
    CHECK(ledger.Number("SELECT count(*) FROM bus_parked WHERE NOT dead") == 2);
    CHECK(ledger.Effects("sick") == Texts{"first"});
    REQUIRE(Eventually([&] { return ledger.Effects("sick") == Texts{"first", "after"}; }));
    CHECK(ledger.Number("SELECT tries FROM bus_parked WHERE dead AND error LIKE '%digest%'") == 3);
    CHECK(ledger.Number("SELECT count(*) FROM bus_parked") == 1);
    CHECK(CounterValue(ledger.registry(), "trunkline_bus_dead_letters_total") == 1);
    CHECK(CounterValue(ledger.registry(), "trunkline_bus_applied_total") == 5);
}

TEST_CASE("parked: an event that succeeds at a later try keeps its place in its key", "[bus][database]") {
    ScriptedSource source;
    Ledger ledger;
    for (const char* text : {"one", "two", "three"}) {
        source.Store("a", text);
    }
    std::atomic<int> refusals{2};
    const auto subscriber = ledger.Subscribe({source.source()}, [&](pqxx::work& transaction, const Received& event) {
        if (event.payload == "one" && refusals-- > 0) {
            throw db::Rollback{{Code::kUnavailable, "NOT_YET", "not yet"}};
        }
        Ledger::Write(transaction, event);
    });
    subscriber->Start();
    CHECK(ledger.Has({"one", "two", "three"}));
    CHECK(ledger.Number("SELECT count(*) FROM bus_parked") == 0);
}

TEST_CASE("parked: an SQL error of a handler undoes its own event only", "[bus][database]") {
    ScriptedSource source;
    Ledger ledger;
    for (const char* key : {"a", "b", "c"}) {
        source.Store(key, key);
    }
    const auto subscriber = ledger.Subscribe({source.source()}, [](pqxx::work& transaction, const Received& event) {
        Ledger::Write(transaction, event);
        if (event.key == "b") {
            transaction.exec("SELECT 1 / 0");
        }
    });
    subscriber->Start();
    CHECK(ledger.Has({"a", "c"}));
    CHECK(ledger.Number("SELECT sequence FROM bus_parked WHERE error LIKE '%division by zero%'") == 2);
}

TEST_CASE("parked: an event that fails only at COMMIT is found among its batch", "[bus][database]") {
    ScriptedSource source;
    Ledger ledger;
    REQUIRE(ledger.pool()
                .Run([](pqxx::work& transaction) {
                    transaction.exec("ALTER TABLE effect ADD UNIQUE (body) DEFERRABLE INITIALLY DEFERRED");
                    transaction.exec("INSERT INTO effect (key, body) VALUES ('old', '5')");
                })
                .ok());
    for (int i = 0; i < 9; ++i) {
        source.Store("key " + std::to_string(i), std::to_string(i));
    }
    const auto subscriber = ledger.Subscribe({source.source()});
    subscriber->Start();
    CHECK(ledger.Has({"5", "0", "1", "2", "3", "4", "6", "7", "8"}));
    CHECK(ledger.Number("SELECT sequence FROM bus_parked") == 6);
}

TEST_CASE("parked: what waits survives a restart of the consumer", "[bus][database]") {
    ScriptedSource source;
    Ledger ledger;
    source.Store("a", "poison");
    source.Store("a", "after");
    {
        const auto subscriber = ledger.Subscribe({source.source()}, RefusePoison);
        subscriber->Start();
        REQUIRE(Eventually([&] { return ledger.Number("SELECT count(*) FROM bus_parked") == 2; }));
    }
    const auto mended = ledger.Subscribe({source.source()});
    mended->Start();
    CHECK(ledger.Has({"poison", "after"}));
}

}  // namespace
}  // namespace trunkline::bus

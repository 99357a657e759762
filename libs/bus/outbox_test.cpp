// Numbers without holes, in the order of commits.
#include "bus/bus_fixture.hpp"
#include "bus/outbox_reader.hpp"

namespace trunkline::bus {
namespace {

v1::ReplayResponse Read(db::Pool& pool, uint64_t after = 0, uint32_t limit = kPageEvents) {
    return Query(pool, [&](pqxx::work& transaction) { return ReadOutbox(transaction, "source", after, limit); });
}

TEST_CASE("outbox: what is appended is read back whole", "[bus][database]") {
    const auto pool = MigratedSchema("outbox");
    const std::string payload("\0\\\"{},\xff\n", 8);
    const Event event{DerivedId("a"), "key \"{},\\ 电话", "test.Text", FromUnixMillis(1772413200123), payload};
    REQUIRE(pool->Run([&](pqxx::work& transaction) { Append(transaction, {event}); }).ok());

    const v1::ReplayResponse page = Read(*pool);
    REQUIRE(page.events_size() == 1);
    CHECK(page.last_sequence() == 1);
    CHECK(page.events(0).sequence() == 1);
    CHECK(page.events(0).epoch() == page.epoch());
    CHECK(page.events(0).source() == "source");
    CHECK(page.events(0).event_id() == event.event_id);
    CHECK(page.events(0).key() == event.key);
    CHECK(page.events(0).type() == event.type);
    CHECK(page.events(0).payload() == payload);
    CHECK(page.events(0).occurred_time().seconds() == 1772413200);
    CHECK(page.events(0).occurred_time().nanos() == 123'000'000);
}

TEST_CASE("outbox: an event told twice is stored once and leaves no hole", "[bus][database]") {
    const auto pool = MigratedSchema("outbox");
    const auto append = [&](const std::vector<Event>& events) {
        REQUIRE(pool->Run([&](pqxx::work& transaction) { Append(transaction, events); }).ok());
    };
    append({TextEvent("k", "one"), TextEvent("k", "one"), TextEvent("k", "two")});
    append({TextEvent("k", "two"), TextEvent("k", "three")});
    append({TextEvent("k", "three")});

    const v1::ReplayResponse page = Read(*pool);
    REQUIRE(page.events_size() == 3);
    CHECK(page.last_sequence() == 3);
    CHECK(page.events(0).payload() == "one");
    CHECK(page.events(1).payload() == "two");
    CHECK(page.events(2).payload() == "three");
}

TEST_CASE("outbox: numbers follow commits, not the moment of Append", "[bus][database]") {
    const auto pool = MigratedSchema("outbox");
    REQUIRE(pool->Run([&](pqxx::work& slow) {
                    Append(slow, {TextEvent("k", "slow")});
                    // Neither waits for the slow transaction nor leaves a number to it.
                    REQUIRE(pool->Run([&](pqxx::work& quick) { Append(quick, {TextEvent("k", "quick")}); }).ok());
                    CHECK(Read(*pool).last_sequence() == 1);
                })
                .ok());
    const v1::ReplayResponse page = Read(*pool);
    REQUIRE(page.events_size() == 2);
    CHECK(page.events(0).payload() == "quick");
    CHECK(page.events(1).payload() == "slow");
}

TEST_CASE("outbox: a transaction that is rolled back takes no number", "[bus][database]") {
    const auto pool = MigratedSchema("outbox");
    const Status refused = pool->Run([&](pqxx::work& transaction) {
        Append(transaction, {TextEvent("k", "never")});
        throw db::Rollback{{Code::kAborted, "CHANGED_MIND", "the caller changed his mind"}};
    });
    CHECK(refused.error().reason == "CHANGED_MIND");
    {
        const auto raw = pool->Connect();
        pqxx::work transaction(*raw);
        Append(transaction, {TextEvent("k", "rolled back after it was numbered")});
    }
    REQUIRE(pool->Run([&](pqxx::work& transaction) { Append(transaction, {TextEvent("k", "kept")}); }).ok());
    const v1::ReplayResponse page = Read(*pool);
    REQUIRE(page.events_size() == 1);
    CHECK(page.events(0).sequence() == 1);
    CHECK(page.events(0).payload() == "kept");
}

TEST_CASE("outbox: a page stays below the size of a gRPC message", "[bus][database]") {
    const auto pool = MigratedSchema("outbox");
    for (const char letter : {'a', 'b', 'c', 'd', 'e'}) {
        const Event event{DerivedId(std::string(1, letter)), "k", "test.Text", {}, std::string(1 << 20, letter)};
        REQUIRE(pool->Run([&](pqxx::work& transaction) { Append(transaction, {event}); }).ok());
    }
    const v1::ReplayResponse first = Read(*pool);
    CHECK(first.events_size() == 2);
    CHECK(first.ByteSizeLong() < (4 << 20));
    CHECK(first.last_sequence() == 5);
    CHECK(Read(*pool, 4).events_size() == 1);
    CHECK(Read(*pool, 5).events_size() == 0);
    CHECK(Read(*pool, 0, 1).events_size() == 1);
}

TEST_CASE("outbox: an event above 1 MiB is refused", "[bus][database]") {
    const auto pool = MigratedSchema("outbox");
    const Event event{DerivedId("large"), "k", "test.Text", {}, std::string((1 << 20) + 1, 'x')};
    const Status refused = pool->Run([&](pqxx::work& transaction) { Append(transaction, {event}); });
    CHECK(refused.error().code == Code::kInternal);
}

TEST_CASE("outbox: the id of a fact comes from its type and its identity") {
    v1::Heartbeat message;
    message.set_source("trunk");
    const Event event = MakeEvent(message, "call-1", "call-1/started", FromUnixMillis(5));
    CHECK(event.type == "trunkline.bus.v1.Heartbeat");
    CHECK(event.key == "call-1");
    CHECK(event.payload == message.SerializeAsString());
    CHECK(event.event_id == MakeEvent(v1::Heartbeat(), "call-2", "call-1/started", {}).event_id);
    CHECK(event.event_id != MakeEvent(message, "call-1", "call-1/ended", {}).event_id);
    CHECK(event.event_id != MakeEvent(v1::Envelope(), "call-1", "call-1/started", {}).event_id);
}

}  // namespace
}  // namespace trunkline::bus

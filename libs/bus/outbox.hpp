// Facts are written with the state they belong to, in one transaction. Numbers are given by a counter row that the
// transaction holds until it commits, so the order of numbers is the order of commits and there are no holes.
#pragma once
#include <google/protobuf/message.h>

#include <atomic>
#include <functional>
#include <memory>
#include <pqxx/pqxx>
#include <string>
#include <thread>
#include <vector>

#include "clock/clock.hpp"
#include "db/pool.hpp"
#include "metrics/metrics.hpp"
#include "service/host.hpp"

namespace trunkline::bus {

// A fact to be told, before it has a number.
struct Event {
    std::string event_id;  // derived from what it tells (DerivedId), so that telling it twice stores it once
    std::string key;       // facts of one key keep their order
    std::string type;      // full message name
    TimePoint occurred{};
    std::string payload;  // serialized message
};

// The usual way to make one. `identity` names the fact within its type: for a call that started, the call id.
Event MakeEvent(const google::protobuf::Message& message, std::string key, const std::string& identity,
                TimePoint occurred);

// The tables of outbox, cursor and parked events; first migrations of every service that uses the bus.
const db::Migrations& OutboxMigration();

// Appends events to a transaction of the caller. In a transaction of Pool::Run they are stored just before COMMIT,
// whenever this was called, so that the counter is held briefly; in another one at once, so call it last there. An
// event id that is stored already is skipped. Throws pqxx exceptions; a payload above 1 MiB is one.
void Append(pqxx::work& transaction, const std::vector<Event>& events);

// What one transaction stored: its events, less those known before, have the numbers after `base`, in order.
struct Committed {
    std::string epoch;
    uint64_t base = 0;
    std::vector<Event> events;
};
// Fills `stored` just before COMMIT of this transaction of Pool::Run; it outlives the transaction.
void TellStored(pqxx::work& transaction, Committed& stored);

// State change and events that belong together.
struct Fact {
    std::function<void(pqxx::work&)> apply;  // may be empty; must be safe to run again
    std::vector<Event> events;
};

struct FactWriterConfig {
    size_t queue_limit = 100'000;  // facts held while the database is away; above it the newest is refused
    size_t batch_limit = 1024;     // facts in one transaction
    // After a commit the next one waits this long for company, unless so many facts wait already or Flush asks.
    std::chrono::milliseconds gather{25};
    size_t enough = 128;
};

// Group commit for facts of the call path: Post never blocks, one thread writes what has gathered in one transaction
// and tries again while the database is away. Order is kept.
class FactWriter final : public service::Component {
 public:
    FactWriter(db::Pool& pool, metrics::Registry& registry, const std::string& service, FactWriterConfig config = {});
    ~FactWriter() override;

    // Safe from any thread. False when the queue is full (counted, logged).
    bool Post(Fact fact);
    bool Post(Event event) { return Post(Fact{{}, {std::move(event)}}); }
    // Blocks until everything posted before is committed, or the limit has passed; true when committed.
    bool Flush(std::chrono::milliseconds limit);
    // Called on the writer's thread after each commit, before Start: the relay publishes what it is given.
    void OnCommitted(std::function<void(Committed)> callback);
    // The same for who only wants to know that there was one.
    void OnCommitted(std::function<void()> callback);

    void Start() override;
    void Drain(std::chrono::steady_clock::time_point deadline) override;
    void Stop() override;

 private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace trunkline::bus

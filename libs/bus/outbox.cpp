// The outbox's tables and the one statement that numbers and stores events.
#include "bus/outbox.hpp"

#include <sstream>

#include "db/array_text.hpp"
#include "db/prepared.hpp"
#include "db/transaction.hpp"
#include "ids/ids.hpp"

namespace trunkline::bus {
namespace {

// Applied migrations are never edited, so outbox_append is still made here and dropped below.
constexpr const char* kCreateBus = R"sql(
CREATE TABLE outbox_head (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    epoch uuid NOT NULL DEFAULT gen_random_uuid(),
    sequence bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 10);
INSERT INTO outbox_head DEFAULT VALUES;

CREATE TABLE outbox (
    sequence bigint PRIMARY KEY,
    event_id uuid NOT NULL UNIQUE,
    key text NOT NULL,
    type text NOT NULL,
    occurred_time timestamptz NOT NULL,
    stored_time timestamptz NOT NULL DEFAULT clock_timestamp(),
    payload bytea NOT NULL CHECK (octet_length(payload) <= 1048576)
);

CREATE FUNCTION outbox_append(ids uuid[], keys text[], types text[], micros bigint[], payloads bytea[])
RETURNS void LANGUAGE plpgsql
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off SET jit = off AS $$
DECLARE
    base bigint;
    added bigint;
BEGIN
    SELECT sequence INTO base FROM outbox_head FOR UPDATE;
    INSERT INTO outbox (sequence, event_id, key, type, occurred_time, payload)
    SELECT base + row_number() OVER (ORDER BY position), event_id, key, type,
           timestamptz 'epoch' + micro * interval '1 microsecond', payload
    FROM (SELECT DISTINCT ON (event_id) * FROM unnest(ids, keys, types, micros, payloads)
              WITH ORDINALITY AS given (event_id, key, type, micro, payload, position)
          ORDER BY event_id, position) AS fresh
    WHERE NOT EXISTS (SELECT FROM outbox AS known WHERE known.event_id = fresh.event_id);
    GET DIAGNOSTICS added = ROW_COUNT;
    UPDATE outbox_head SET sequence = base + added WHERE added > 0;
END $$;

CREATE TABLE bus_cursor (
    consumer text NOT NULL,
    source text NOT NULL,
    epoch text NOT NULL,
    sequence bigint NOT NULL,
    PRIMARY KEY (consumer, source)
);

CREATE TABLE bus_parked (
    consumer text NOT NULL,
    source text NOT NULL,
    sequence bigint NOT NULL,
    event_id text NOT NULL,
    key text NOT NULL,
    type text NOT NULL,
    occurred_micros bigint NOT NULL,
    payload bytea NOT NULL,
    tries int NOT NULL,
    next_try timestamptz NOT NULL DEFAULT now(),
    dead boolean NOT NULL DEFAULT false,
    error text NOT NULL DEFAULT '',
    PRIMARY KEY (consumer, source, sequence)
);
CREATE INDEX bus_parked_waiting ON bus_parked (consumer, source, key, sequence) WHERE NOT dead;
)sql";

// outbox_store takes the counter row first: from there to COMMIT no other transaction of this service can store events,
// so the look for known ids sees all of them, and numbers follow the order of commits. It tells what was stored: the
// outbox's epoch, the number before the first, and which of the given events were new, so that the relay need not read
// them back.
constexpr const char* kTellWhatWasStored = R"sql(
CREATE FUNCTION outbox_store(ids uuid[], keys text[], types text[], micros bigint[], payloads bytea[],
                             OUT stored_epoch uuid, OUT base bigint, OUT positions bigint[])
LANGUAGE plpgsql
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off SET jit = off AS $$
BEGIN
    SELECT epoch, sequence INTO stored_epoch, base FROM outbox_head FOR UPDATE;
    WITH fresh AS (
        SELECT DISTINCT ON (event_id) * FROM unnest(ids, keys, types, micros, payloads)
            WITH ORDINALITY AS given (event_id, key, type, micro, payload, position)
        WHERE NOT EXISTS (SELECT FROM outbox AS known WHERE known.event_id = given.event_id)
        ORDER BY event_id, position
    ), stored AS (
        INSERT INTO outbox (sequence, event_id, key, type, occurred_time, payload)
        SELECT base + row_number() OVER (ORDER BY position), event_id, key, type,
               timestamptz 'epoch' + micro * interval '1 microsecond', payload
        FROM fresh ORDER BY position
    )
    SELECT coalesce(array_agg(position ORDER BY position), '{}') INTO positions FROM fresh;
    IF cardinality(positions) > 0 THEN
        UPDATE outbox_head SET sequence = base + cardinality(positions);
    END IF;
END $$;
)sql";

constexpr const char* kDropAppend = "DROP FUNCTION outbox_append(uuid[], text[], text[], bigint[], bytea[])";

constexpr const char* kStore =
    "SELECT stored_epoch, base, array_to_string(positions, ' ') FROM outbox_store($1::uuid[], $2::text[], $3::text[],"
    " $4::bigint[], $5::bytea[])";

Committed StoreNow(pqxx::work& transaction, const std::vector<Event>& events) {
    db::ArrayText ids;
    db::ArrayText keys;
    db::ArrayText types;
    db::ArrayText times;
    db::ArrayText payloads;
    for (const Event& event : events) {
        ids.Add(event.event_id);
        keys.Add(event.key);
        types.Add(event.type);
        times.Add(std::chrono::duration_cast<std::chrono::microseconds>(event.occurred.time_since_epoch()).count());
        payloads.AddBytes(event.payload);
    }
    const pqxx::result rows =
        db::ExecPrepared(transaction, kStore, ids.Text(), keys.Text(), types.Text(), times.Text(), payloads.Text());
    Committed stored{rows.at(0)[0].as<std::string>(), rows[0][1].as<uint64_t>(), {}};
    std::istringstream positions(rows[0][2].as<std::string>());
    for (size_t position = 0; positions >> position;) {
        stored.events.push_back(events.at(position - 1));
    }
    return stored;
}

// Gathers what one transaction appends.
class AppendStep final : public db::CommitStep {
 public:
    void Add(const std::vector<Event>& events) { events_.insert(events_.end(), events.begin(), events.end()); }
    void TellTo(Committed& stored) { told_ = &stored; }
    void BeforeCommit(pqxx::work& transaction) override {
        if (events_.empty()) {
            return;
        }
        // A fact is told to others as soon as it is committed, so it must be on disk.
        dynamic_cast<db::Transaction&>(transaction).EnsureDurable();
        Committed stored = StoreNow(transaction, events_);
        if (told_ != nullptr) {
            *told_ = std::move(stored);
        }
    }

 private:
    std::vector<Event> events_;
    Committed* told_ = nullptr;
};

}  // namespace

Event MakeEvent(const google::protobuf::Message& message, std::string key, const std::string& identity,
                TimePoint occurred) {
    const std::string type = message.GetTypeName();
    return {DerivedId(type + "/" + identity), std::move(key), type, occurred, message.SerializeAsString()};
}

const db::Migrations& OutboxMigration() {
    static const db::Migrations migrations{{"0000_create_bus", kCreateBus},
                                           {"0000_tell_what_was_stored", kTellWhatWasStored},
                                           {"0000_drop_outbox_append", kDropAppend}};
    return migrations;
}

void TellStored(pqxx::work& transaction, Committed& stored) {
    dynamic_cast<db::Transaction&>(transaction).Last<AppendStep>().TellTo(stored);
}

void Append(pqxx::work& transaction, const std::vector<Event>& events) {
    if (events.empty()) {
        return;
    }
    if (auto* pooled = dynamic_cast<db::Transaction*>(&transaction)) {
        pooled->Last<AppendStep>().Add(events);
    } else {
        StoreNow(transaction, events);
    }
}

}  // namespace trunkline::bus

// The outbox's tables and the one statement that numbers and stores events.
#include "bus/outbox.hpp"

#include "db/transaction.hpp"
#include "ids/ids.hpp"

namespace trunkline::bus {
namespace {

// outbox_append takes the counter row first: from there to COMMIT no other transaction of this service can store
// events, so the look for known ids sees all of them, and numbers follow the order of commits.
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

constexpr const char* kAppend = "SELECT outbox_append($1::uuid[], $2::text[], $3::text[], $4::bigint[], $5::bytea[])";

// The text form of a PostgreSQL array (documentation, "Arrays: Array Input and Output Syntax").
class ArrayText {
 public:
    void Add(std::string_view element) {
        text_ += text_.empty() ? "{\"" : ",\"";
        for (const char letter : element) {
            if (letter == '"' || letter == '\\') {
                text_ += '\\';
            }
            text_ += letter;
        }
        text_ += '"';
    }
    void AddBytes(std::string_view bytes) {
        static constexpr char kDigits[] = "0123456789abcdef";
        text_ += text_.empty() ? "{\"\\\\x" : ",\"\\\\x";
        for (const char letter : bytes) {
            text_ += kDigits[static_cast<unsigned char>(letter) >> 4];
            text_ += kDigits[static_cast<unsigned char>(letter) & 15];
        }
        text_ += '"';
    }
    std::string Text() const { return text_ + "}"; }

 private:
    std::string text_;
};

void AppendNow(pqxx::work& transaction, const std::vector<Event>& events) {
    ArrayText ids;
    ArrayText keys;
    ArrayText types;
    ArrayText times;
    ArrayText payloads;
    for (const Event& event : events) {
        ids.Add(event.event_id);
        keys.Add(event.key);
        types.Add(event.type);
        times.Add(std::to_string(
            std::chrono::duration_cast<std::chrono::microseconds>(event.occurred.time_since_epoch()).count()));
        payloads.AddBytes(event.payload);
    }
    transaction.exec_params(kAppend, ids.Text(), keys.Text(), types.Text(), times.Text(), payloads.Text());
}

// Gathers what one transaction appends.
class AppendStep final : public db::CommitStep {
 public:
    void Add(const std::vector<Event>& events) { events_.insert(events_.end(), events.begin(), events.end()); }
    void BeforeCommit(pqxx::work& transaction) override { AppendNow(transaction, events_); }

 private:
    std::vector<Event> events_;
};

}  // namespace

Event MakeEvent(const google::protobuf::Message& message, std::string key, const std::string& identity,
                TimePoint occurred) {
    const std::string type = message.GetTypeName();
    return {DerivedId(type + "/" + identity), std::move(key), type, occurred, message.SerializeAsString()};
}

const db::Migration& OutboxMigration() {
    static const db::Migration migration{"0000_create_bus", kCreateBus};
    return migration;
}

void Append(pqxx::work& transaction, const std::vector<Event>& events) {
    if (events.empty()) {
        return;
    }
    if (auto* pooled = dynamic_cast<db::Transaction*>(&transaction)) {
        pooled->Last<AppendStep>().Add(events);
    } else {
        AppendNow(transaction, events);
    }
}

}  // namespace trunkline::bus

// SQL of changes; times travel as milliseconds since 1970.
#include "workorder/adapters/postgres_order_store.hpp"

#include <set>

#include "bus/outbox.hpp"
#include "db/array_text.hpp"
#include "db/prepared.hpp"
#include "workorder/adapters/event_codec.hpp"
#include "workorder/adapters/order_codec.hpp"
#include "workorder/adapters/order_columns.hpp"
#include "workorder/adapters/times.hpp"

namespace trunkline::workorder {
namespace {

constexpr const char* kInsertRequest =
    "INSERT INTO request (request_id, order_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
constexpr const char* kFindRequest = "SELECT order_id FROM request WHERE request_id = $1";
// Nobody waits for the disk: a number that a crash forgets was told to nobody.
constexpr const char* kNextNumber =
    "INSERT INTO number_counter AS counter (day, last)"
    " SELECT (to_timestamp($1::bigint / 1000.0) AT TIME ZONE $2)::date, 1"
    " FROM set_config('synchronous_commit', 'off', true)"
    " WHERE NOT EXISTS (SELECT FROM request WHERE request_id = $3)"
    " ON CONFLICT (day) DO UPDATE SET last = counter.last + 1"
    " RETURNING to_char(day, 'YYYYMMDD') || '-' || lpad(last::text, 6, '0')";
constexpr const char* kFindBody = "SELECT body FROM work_order WHERE order_id = $1";
constexpr const char* kFindId = "SELECT order_id FROM work_order WHERE number = $1";
// In the order of ids, so that two changes of the same two orders never wait for each other.
constexpr const char* kLock =
    "SELECT order_id::text, body FROM work_order WHERE order_id IN ($1::uuid, $2::uuid) ORDER BY order_id FOR UPDATE";
constexpr const char* kRecent =
    "SELECT body FROM order_log WHERE order_id = $1 AND number > $2 ORDER BY number DESC LIMIT 5";
// A message's first way goes out, the others wait until it is their turn.
constexpr const char* kTell =
    "WITH told AS (INSERT INTO order_log (order_id, number, step, time, body)"
    " SELECT $1, number, step, to_timestamp(time / 1000.0), body"
    " FROM unnest($2::integer[], $3::smallint[], $4::bigint[], $5::bytea[]) AS entry (number, step, time, body))"
    " INSERT INTO notice (notice_id, order_id, number, step, medium, address, text, origin_id, attempt, state, tries,"
    " proof, create_time, change_time, proof_time)"
    " SELECT notice_id, order_id, number, step, medium, address, text, origin_id, attempt,"
    " CASE WHEN attempt = 1 THEN 1 ELSE 6 END, 0, '', now.time, now.time,"
    " CASE WHEN attempt = 1 THEN now.time + $15::bigint * interval '1 ms' END"
    " FROM unnest($6::uuid[], $7::uuid[], $8::text[], $9::smallint[], $10::smallint[], $11::text[], $12::text[],"
    " $13::uuid[], $14::smallint[]) AS way (notice_id, order_id, number, step, medium, address, text, origin_id,"
    " attempt), (SELECT to_timestamp($16::bigint / 1000.0) AS time) AS now";
constexpr const char* kAttach =
    "UPDATE attachment SET order_id = $2 WHERE attachment_id = $1 AND (order_id IS NULL OR order_id = $2)";
constexpr const char* kFindAttachment =
    "SELECT name, content_type, size, sha256, actor, round(extract(epoch FROM time) * 1000)::bigint FROM attachment"
    " WHERE attachment_id::text = $1";
constexpr const char* kAlarmed =
    "SELECT order_id FROM work_order WHERE alarm_time <= to_timestamp($1::bigint / 1000.0) ORDER BY alarm_time LIMIT "
    "$2";

constexpr size_t kAttachmentsOfStep = 20;

Error NotFound(const std::string& order_id) {
    return {Code::kNotFound, "ORDER_NOT_FOUND", "there is no work order " + order_id};
}

Order Parse(const pqxx::field& body) {
    v1::StoredOrder stored;
    const pqxx::binarystring bytes(body);
    stored.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
    return FromStored(stored);
}

Order Load(pqxx::work& transaction, const std::string& order_id) {
    const auto rows = transaction.exec_params(kFindBody, order_id);
    if (rows.empty()) {
        throw db::Rollback{NotFound(order_id)};
    }
    return Parse(rows[0][0]);
}

std::string IdOf(pqxx::work& transaction, const std::string& order_id) {
    if (LooksLikeId(order_id)) {
        return order_id;
    }
    const auto rows = db::ExecPrepared(transaction, kFindId, order_id);
    if (rows.empty()) {
        throw db::Rollback{NotFound(order_id)};
    }
    return rows[0][0].as<std::string>();
}

std::vector<LogEntry> Recent(pqxx::work& transaction, const std::string& order_id, uint64_t seen) {
    std::vector<LogEntry> recent;
    for (const auto& row : db::ExecPrepared(transaction, kRecent, order_id, static_cast<int64_t>(seen))) {
        v1::LogEntry entry;
        const pqxx::binarystring bytes(row[0]);
        entry.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
        recent.insert(recent.begin(), FromProto(entry));
    }
    return recent;
}

struct Pair {
    std::optional<Order> order;
    std::optional<Order> other;
};

Pair LockBoth(pqxx::work& transaction, const std::string& id, const std::string& other_id) {
    Pair pair;
    for (const auto& row : db::ExecPrepared(transaction, kLock, id, other_id.empty() ? id : other_id)) {
        (row[0].as<std::string>() == id ? pair.order : pair.other) = Parse(row[1]);
    }
    if (!pair.order || (!other_id.empty() && other_id != id && !pair.other)) {
        throw db::Rollback{NotFound(pair.order ? other_id : id)};
    }
    return pair;
}

}  // namespace

Result<std::string> PostgresOrderStore::NextNumber(TimePoint now, const std::string& request_id) {
    return parts_.pool.RunOne([&](pqxx::nontransaction& statement) {
        const auto rows = db::ExecPrepared(statement, kNextNumber, ToUnixMillis(now), parts_.time_zone, request_id);
        return rows.empty() ? std::string() : rows[0][0].as<std::string>();
    });
}

void PostgresOrderStore::Attach(pqxx::work& transaction, const LogEntry& entry, const std::string& order_id) {
    for (const std::string& attachment : entry.attachments) {
        if (transaction.exec_params(kAttach, attachment, order_id).affected_rows() == 0) {
            throw db::Rollback{{Code::kFailedPrecondition, "ATTACHMENT_USED",
                                "attachment " + attachment + " belongs to another order; send it again"}};
        }
    }
}

// What the change tells beside its row; the events last.
void PostgresOrderStore::Tell(pqxx::work& transaction, const workorder::Change& change) {
    const std::string id = change.order.id.str();
    db::ArrayText numbers, steps, times, bodies;
    for (const LogEntry& entry : change.news.entries) {
        numbers.Add(entry.number);
        steps.Add(static_cast<int>(entry.step));
        times.Add(ToUnixMillis(entry.time));
        bodies.AddBytes(ToProto(entry).SerializeAsString());
        Attach(transaction, entry, id);
    }
    db::ArrayText ids, orders, order_numbers, notice_steps, media, addresses, texts, origins, attempts;
    std::vector<std::string> notice_ids;
    std::string origin;
    for (const NoticeDraft& notice : change.news.notices) {
        notice_ids.push_back(parts_.ids.New());
        origin = notice.attempt == 1 ? notice_ids.back() : origin;
        ids.Add(notice_ids.back());
        orders.Add(notice.order_id);
        order_numbers.Add(notice.number);
        notice_steps.Add(static_cast<int>(notice.step));
        media.Add(static_cast<int>(notice.medium));
        addresses.Add(notice.address);
        texts.Add(notice.text);
        origins.Add(origin);
        attempts.Add(notice.attempt);
    }
    if (!change.news.entries.empty()) {
        db::ExecPrepared(transaction, kTell, id, numbers.Text(), steps.Text(), times.Text(), bodies.Text(), ids.Text(),
                         orders.Text(), order_numbers.Text(), notice_steps.Text(), media.Text(), addresses.Text(),
                         texts.Text(), origins.Text(), attempts.Text(), parts_.proof_wait.count(),
                         ToUnixMillis(change.news.entries.back().time));
    }
    const auto events = EventsOf(change, notice_ids);
    if (!events.empty()) {
        bus::Append(transaction, events);
    }
}

Result<Order> PostgresOrderStore::Insert(const std::string& request_id, const workorder::Change& change,
                                         const std::string& check_code) {
    auto stored = parts_.pool.Run([&](pqxx::work& transaction) {
        const Order& order = change.order;
        if (db::ExecPrepared(transaction, kInsertRequest, request_id, order.id.str()).affected_rows() == 0) {
            return Load(transaction, transaction.exec_params(kFindRequest, request_id)[0][0].as<std::string>());
        }
        InsertOrder(transaction, change, check_code);
        Tell(transaction, change);
        return order;
    });
    parts_.committed();
    return stored;
}

Result<Order> PostgresOrderStore::Change(const ChangeRequest& request,
                                         const std::function<Result<StepOutcome>(const Locked&)>& decide) {
    auto stored = parts_.pool.Run([&](pqxx::work& transaction) {
        const std::string id = IdOf(transaction, request.order_id);
        const std::string other_id = request.other_id.empty() ? "" : IdOf(transaction, request.other_id);
        const Pair pair = LockBoth(transaction, id, other_id);
        const Order& before = *pair.order;
        if (!request.request_id.empty() &&
            db::ExecPrepared(transaction, kInsertRequest, request.request_id, id).affected_rows() == 0) {
            return before;
        }
        std::vector<LogEntry> recent;
        if (request.seen_revision != 0 && request.seen_revision != before.revision) {
            recent = Recent(transaction, id, request.seen_revision);
        }
        auto outcome = decide({before, recent, pair.other ? &*pair.other : nullptr});
        if (!outcome.ok()) {
            throw db::Rollback{outcome.error()};
        }
        UpdateOrder(transaction, outcome->change);
        if (outcome->other) {
            UpdateOrder(transaction, *outcome->other);
            Tell(transaction, *outcome->other);
        }
        Tell(transaction, outcome->change);
        return outcome->change.order;
    });
    parts_.committed();
    return stored;
}

Result<std::vector<Attachment>> PostgresOrderStore::Attachments(const std::vector<std::string>& ids) {
    std::vector<Attachment> found;
    if (ids.empty()) {
        return found;
    }
    if (ids.size() > kAttachmentsOfStep || std::set<std::string>(ids.begin(), ids.end()).size() != ids.size()) {
        return Error{Code::kInvalidArgument, "TOO_MANY_ATTACHMENTS",
                     "a step has at most 20 attachments, each named once"};
    }
    return parts_.pool.Run([&](pqxx::work& transaction) {
        for (const std::string& id : ids) {
            const auto rows = transaction.exec_params(kFindAttachment, id);
            if (rows.empty()) {
                throw db::Rollback{{Code::kNotFound, "ATTACHMENT_NOT_FOUND", "there is no attachment " + id}};
            }
            const auto row = rows[0];
            found.push_back({id, row[0].as<std::string>(), row[1].as<std::string>(), row[2].as<size_t>(),
                             row[3].as<std::string>(), FromUnixMillis(row[5].as<int64_t>()), row[4].as<std::string>()});
        }
        return found;
    });
}

Result<std::vector<std::string>> PostgresOrderStore::Alarmed(TimePoint now, int limit) {
    return parts_.pool.Run([&](pqxx::work& transaction) {
        std::vector<std::string> orders;
        for (const auto& row : transaction.exec_params(kAlarmed, ToUnixMillis(now), limit)) {
            orders.push_back(row[0].as<std::string>());
        }
        return orders;
    });
}

}  // namespace trunkline::workorder

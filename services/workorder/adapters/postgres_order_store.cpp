// SQL of work orders; times travel as milliseconds since 1970.
#include "workorder/adapters/postgres_order_store.hpp"

#include "bus/outbox.hpp"
#include "workorder/adapters/order_codec.hpp"

namespace trunkline::workorder {
namespace {

constexpr const char* kInsertRequest =
    "INSERT INTO request (request_id, order_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
constexpr const char* kFindRequest = "SELECT order_id FROM request WHERE request_id = $1";
constexpr const char* kNextNumber =
    "INSERT INTO number_counter AS counter (day, last)"
    " VALUES ((to_timestamp($1::bigint / 1000.0) AT TIME ZONE $2)::date, 1)"
    " ON CONFLICT (day) DO UPDATE SET last = counter.last + 1"
    " RETURNING to_char(day, 'YYYYMMDD') || '-' || lpad(last::text, 6, '0')";
constexpr const char* kInsertOrder =
    "INSERT INTO work_order (order_id, number, type, state, title, description, contact_id, customer_number, branch,"
    " owner, create_time, due_time, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,"
    " to_timestamp($11::bigint / 1000.0), to_timestamp($12::bigint / 1000.0), $13)";
constexpr const char* kUpdateOrder =
    "UPDATE work_order SET state = $2, owner = $3, revision = $4, close_time = to_timestamp($5::bigint / 1000.0)"
    " WHERE order_id = $1";
constexpr const char* kInsertLog =
    "INSERT INTO order_log (order_id, number, step, actor, text, time, state, owner)"
    " VALUES ($1, $2, $3, $4, $5, to_timestamp($6::bigint / 1000.0), $7, $8)";
constexpr const char* kSelectOrder =
    "SELECT order_id, number, type, state, title, description, contact_id, customer_number, branch, owner,"
    " round(extract(epoch FROM create_time) * 1000)::bigint AS created,"
    " round(extract(epoch FROM due_time) * 1000)::bigint AS due,"
    " round(extract(epoch FROM close_time) * 1000)::bigint AS closed, revision FROM work_order ";
constexpr const char* kByIdOrNumber = "WHERE order_id::text = $1 OR number = $1";
constexpr const char* kSelectLog =
    "SELECT number, step, actor, text, round(extract(epoch FROM time) * 1000)::bigint AS at, state, owner"
    " FROM order_log WHERE order_id = $1 ORDER BY number";
// Ids are time-ordered (UUIDv7), so the newest comes first and a page ends at an id.
constexpr const char* kPage =
    "WHERE ($1::smallint IS NULL OR state = $1::smallint) AND ($2 = '' OR branch = $2) AND ($3 = '' OR contact_id = $3)"
    " AND ($4 = '' OR order_id < NULLIF($4, '')::uuid) ORDER BY order_id DESC LIMIT $5";

Order ReadOrder(const pqxx::row& row) {
    Order order;
    order.id = OrderId{row["order_id"].as<std::string>()};
    order.number = row["number"].as<std::string>();
    order.type = static_cast<OrderType>(row["type"].as<int>());
    order.state = static_cast<OrderState>(row["state"].as<int>());
    order.title = row["title"].as<std::string>();
    order.description = row["description"].as<std::string>();
    order.contact = ContactId{row["contact_id"].as<std::string>()};
    order.customer_number = row["customer_number"].as<std::string>();
    order.branch = row["branch"].as<std::string>();
    order.owner = row["owner"].as<std::string>();
    order.created = FromUnixMillis(row["created"].as<int64_t>());
    order.due = FromUnixMillis(row["due"].as<int64_t>());
    if (!row["closed"].is_null()) {
        order.closed = FromUnixMillis(row["closed"].as<int64_t>());
    }
    order.revision = row["revision"].as<uint64_t>();
    return order;
}

// With its log; throws Rollback with kNotFound.
Order Load(pqxx::work& transaction, const std::string& order_id, bool lock) {
    const std::string sql = std::string(kSelectOrder) + kByIdOrNumber + (lock ? " FOR UPDATE" : "");
    const auto rows = transaction.exec_params(sql, order_id);
    if (rows.empty()) {
        throw db::Rollback{{Code::kNotFound, "ORDER_NOT_FOUND", "there is no work order " + order_id}};
    }
    Order order = ReadOrder(rows[0]);
    for (const auto& row : transaction.exec_params(kSelectLog, order.id.str())) {
        order.log.push_back({row["number"].as<int>(), static_cast<Step>(row["step"].as<int>()),
                             row["actor"].as<std::string>(), row["text"].as<std::string>(),
                             FromUnixMillis(row["at"].as<int64_t>()), static_cast<OrderState>(row["state"].as<int>()),
                             row["owner"].as<std::string>()});
    }
    return order;
}

// Stores the newest log entry and tells its events; the last statements of a transaction.
void StoreLast(pqxx::work& transaction, const Order& order) {
    const LogEntry& entry = order.log.back();
    transaction.exec_params(kInsertLog, order.id.str(), entry.number, static_cast<int>(entry.step), entry.actor,
                            entry.text, ToUnixMillis(entry.time), static_cast<int>(entry.state), entry.owner);
    bus::Append(transaction, EventsOf(order, entry));
}

}  // namespace

Result<Order> PostgresOrderStore::Insert(const std::string& request_id, Order order) {
    auto stored = pool_.Run([&](pqxx::work& transaction) {
        const auto fresh = transaction.exec_params(kInsertRequest, request_id, order.id.str());
        if (fresh.affected_rows() == 0) {
            return Load(transaction, transaction.exec_params(kFindRequest, request_id)[0][0].as<std::string>(), false);
        }
        order.number =
            transaction.exec_params(kNextNumber, ToUnixMillis(order.created), time_zone_)[0][0].as<std::string>();
        transaction.exec_params(kInsertOrder, order.id.str(), order.number, static_cast<int>(order.type),
                                static_cast<int>(order.state), order.title, order.description, order.contact.str(),
                                order.customer_number, order.branch, order.owner, ToUnixMillis(order.created),
                                ToUnixMillis(order.due), order.revision);
        StoreLast(transaction, order);
        return order;
    });
    committed_();
    return stored;
}

Result<Order> PostgresOrderStore::Change(const std::string& request_id, const std::string& order_id,
                                         const std::function<Result<Order>(Order)>& change) {
    auto stored = pool_.Run([&](pqxx::work& transaction) {
        const Order before = Load(transaction, order_id, true);
        if (transaction.exec_params(kInsertRequest, request_id, before.id.str()).affected_rows() == 0) {
            return before;
        }
        auto after = change(before);
        if (!after.ok()) {
            throw db::Rollback{after.error()};
        }
        std::optional<int64_t> closed;
        if (after->closed) {
            closed = ToUnixMillis(*after->closed);
        }
        transaction.exec_params(kUpdateOrder, after->id.str(), static_cast<int>(after->state), after->owner,
                                after->revision, closed);
        StoreLast(transaction, *after);
        return std::move(after).value();
    });
    committed_();
    return stored;
}

Result<Order> PostgresOrderStore::Find(const std::string& order_id) {
    return pool_.Run([&](pqxx::work& transaction) { return Load(transaction, order_id, false); });
}

Result<OrderPage> PostgresOrderStore::List(const OrderFilter& filter) {
    return pool_.Run([&](pqxx::work& transaction) {
        std::optional<int> state;
        if (filter.state) {
            state = static_cast<int>(*filter.state);
        }
        const auto rows = transaction.exec_params(std::string(kSelectOrder) + kPage, state, filter.branch,
                                                  filter.contact.str(), filter.after, filter.limit + 1);
        OrderPage page;
        for (const auto& row : rows) {
            if (static_cast<int>(page.orders.size()) == filter.limit) {
                page.next = page.orders.back().id.str();
                break;
            }
            page.orders.push_back(ReadOrder(row));
        }
        return page;
    });
}

}  // namespace trunkline::workorder

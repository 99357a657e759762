// Two statements that name every column.
#include "workorder/adapters/order_columns.hpp"

#include <algorithm>
#include <set>

#include "db/prepared.hpp"
#include "workorder/adapters/numbers.hpp"
#include "workorder/adapters/order_codec.hpp"
#include "workorder/domain/search_tokens.hpp"

namespace trunkline::workorder {
namespace {

constexpr const char* kInsert =
    "INSERT INTO work_order (order_id, phase, open, branch, owner, handler, units, line, area, cause, priority,"
    " incident_id, due_time, close_time, response_due, response_time, alarm_time, petition, suspended, urge_count,"
    " reopen_count, extended, score, revision, search, body, type_id, kind, number, check_code, creator, contact_id,"
    " customer_id, customer_plain, source, create_time)"
    " VALUES ($1, $2, $3, $4, $5, $6, string_to_array($7, E'\\x1f'), $8, $9, $10, $11, $12,"
    " to_timestamp($13::bigint / 1000.0), to_timestamp($14::bigint / 1000.0), to_timestamp($15::bigint / 1000.0),"
    " to_timestamp($16::bigint / 1000.0), to_timestamp($17::bigint / 1000.0), $18, $19, $20, $21, $22, $23, $24,"
    " array_to_tsvector(string_to_array($25, E'\\x1f')), $26, $27, $28, $29, $30, $31, $32, $33, $34, $35,"
    " to_timestamp($36::bigint / 1000.0))";
constexpr const char* kUpdate =
    "UPDATE work_order SET phase = $2, open = $3, branch = $4, owner = $5, handler = $6,"
    " units = string_to_array($7, E'\\x1f'), line = $8, area = $9, cause = $10, priority = $11, incident_id = $12,"
    " due_time = to_timestamp($13::bigint / 1000.0), close_time = to_timestamp($14::bigint / 1000.0),"
    " response_due = to_timestamp($15::bigint / 1000.0), response_time = to_timestamp($16::bigint / 1000.0),"
    " alarm_time = CASE WHEN $27 THEN alarm_time ELSE to_timestamp($17::bigint / 1000.0) END, petition = $18,"
    " suspended = $19, urge_count = $20, reopen_count = $21, extended = $22, score = $23, revision = $24,"
    " search = array_to_tsvector(string_to_array($25, E'\\x1f')), body = $26, crew = $28 WHERE order_id = $1";

std::optional<int64_t> Millis(const std::optional<TimePoint>& time) {
    return time ? std::optional(ToUnixMillis(*time)) : std::nullopt;
}

template <class List>
std::string Join(const List& list) {
    std::string joined;
    for (const auto& item : list) {
        joined += (joined.empty() ? "" : std::string(1, kTokenSeparator)) + item;
    }
    return joined;
}

// Everyone who has to do with it.
std::string Units(const Order& order) {
    std::set<std::string> units{order.branch, order.owner, order.creator_unit};
    for (const Assist& assist : order.assists) {
        units.insert(assist.unit);
    }
    units.erase("");
    return Join(units);
}

bool IsExtended(const Order& order) {
    return std::any_of(order.clocks.begin(), order.clocks.end(),
                       [](const OrderClock& clock) { return clock.extended > Duration::zero(); });
}

// The columns that both statements have in common, $1 to $26.
template <class Run>
void WithColumns(const Change& change, const Run& run) {
    const Order& order = change.order;
    const OrderClock* response = order.Clock(ClockKind::kFirstResponse);
    std::optional<TimePoint> response_due;
    std::optional<TimePoint> response_time;
    if (response != nullptr) {
        response_due = response->due;
        response_time = response->stop;
    }
    std::optional<int> score;
    if (order.rating) {
        score = order.rating->score;
    }
    const std::string body = ToStored(order).SerializeAsString();
    run(order.id.str(), static_cast<int>(order.phase), order.IsOpen(), order.branch, order.owner, order.handler,
        Units(order), order.line, order.area, order.cause, static_cast<int>(order.priority), order.incident,
        ToUnixMillis(order.Due()), Millis(order.closed), Millis(response_due), Millis(response_time),
        Millis(change.alarm), order.petition.has_value(), order.suspended, order.urge_count, order.reopen_count,
        IsExtended(order), score, static_cast<int64_t>(order.revision), SearchTokens(order), pqxx::binarystring(body));
}

}  // namespace

bool LooksLikeId(const std::string& text) {
    return text.size() == 36 && text[8] == '-' && text[13] == '-' && text[18] == '-' && text[23] == '-' &&
           text.find_first_not_of("0123456789abcdef-") == std::string::npos;
}

std::string FieldToken(const std::string& field, const std::string& value) {
    std::string token = "f:" + field + "=" + value;
    // A token is at most 2046 bytes, and only whole characters may be kept; long texts are found by their words.
    if (token.size() > 500) {
        size_t end = 500;
        while ((token[end] & 0xC0) == 0x80) {
            --end;
        }
        token.resize(end);
    }
    std::erase(token, kTokenSeparator);
    return token;
}

std::string SearchTokens(const Order& order) {
    std::string text = order.title + "\n" + order.description + "\n" + order.answer + "\n" + order.customer_name;
    std::set<std::string> tokens;
    for (const auto& [field, value] : order.fields) {
        if (!value.empty()) {
            text += "\n" + value;
            tokens.insert(FieldToken(field, value));
        }
    }
    for (const std::string& token : IndexTokens(text)) {
        tokens.insert(token);
    }
    return Join(tokens);
}

void InsertOrder(pqxx::work& transaction, const Change& change, const std::string& check_code) {
    const Order& order = change.order;
    WithColumns(change, [&](const auto&... columns) {
        db::ExecPrepared(transaction, kInsert, columns..., order.type_id, static_cast<int>(order.kind), order.number,
                         check_code, order.creator, order.contact.str(), order.customer_id,
                         Canonical(order.customer_number), order.source, ToUnixMillis(order.created));
    });
}

void UpdateOrder(pqxx::work& transaction, const Change& change) {
    WithColumns(change, [&](const auto&... columns) {
        db::ExecPrepared(transaction, kUpdate, columns..., change.keeps_alarm, change.order.crew);
    });
}

}  // namespace trunkline::workorder

// SQL of reading.
#include "workorder/adapters/order_reader.hpp"

#include "workorder/adapters/notice_codec.hpp"
#include "workorder/adapters/order_columns.hpp"
#include "workorder/adapters/times.hpp"
#include "workorder/domain/search_tokens.hpp"

namespace trunkline::workorder {
namespace {

// One round trip: the order, its log and its notices.
constexpr const char* kFindSelect =
    "SELECT body, units, (SELECT array_agg(encode(body, 'hex') ORDER BY number) FROM order_log"
    " WHERE order_log.order_id = work_order.order_id), order_id FROM work_order WHERE ";
constexpr const char* kFindNotices =
    "SELECT notice_id, order_id, number, step, medium, address, text, state, tries, proof,"
    " round(extract(epoch FROM create_time) * 1000)::bigint, round(extract(epoch FROM change_time) * 1000)::bigint"
    " FROM notice WHERE order_id = $1 ORDER BY notice_id LIMIT 500";
constexpr const char* kCount =
    "SELECT count(*) FILTER (WHERE phase = 6), count(*) FILTER (WHERE phase = 7), count(*) FILTER (WHERE phase = 1),"
    " count(*) FILTER (WHERE phase = 2), count(*) FILTER (WHERE phase IN (3, 4)), count(*) FILTER (WHERE petition),"
    " count(*) FILTER (WHERE NOT suspended AND due_time < to_timestamp($1::bigint / 1000.0)),"
    " count(*) FILTER (WHERE urge_count > 0), count(*), count(*) FILTER (WHERE $3 <> '' AND owner <> $3 AND branch <> "
    "$3)"
    " FROM (SELECT phase, petition, suspended, due_time, urge_count, owner, branch FROM work_order"
    " WHERE open AND ($2 = '{}' OR units && $2::text[]) ORDER BY due_time LIMIT 10000) AS waiting";
constexpr const char* kAlike =
    "SELECT body, customer_id = $1 AND $1 <> '' OR customer_plain = $2 AND $2 <> '', line = $3 AND $3 <> '',"
    " cause = $4 AND $4 <> '', $5 <> '' AND search @@ NULLIF($5, '')::tsquery FROM work_order WHERE order_id IN ("
    " (SELECT order_id FROM work_order WHERE customer_id = $1 AND $1 <> '' AND create_time >="
    "  to_timestamp($6::bigint / 1000.0) ORDER BY order_id DESC LIMIT 20) UNION"
    " (SELECT order_id FROM work_order WHERE customer_plain = $2 AND $2 <> '' AND create_time >="
    "  to_timestamp($6::bigint / 1000.0) ORDER BY order_id DESC LIMIT 20) UNION"
    " (SELECT order_id FROM work_order WHERE line = $3 AND $3 <> '' AND cause = $4 AND $4 <> '' AND create_time >="
    "  to_timestamp($6::bigint / 1000.0) ORDER BY order_id DESC LIMIT 20))"
    " AND phase <> 9 AND ($7 = '{}' OR units && $7::text[]) ORDER BY order_id DESC LIMIT 60";
constexpr const char* kReveal = "INSERT INTO reveal (order_id, actor, reason, time) VALUES ($1, $2, $3, now())";

template <class Message>
Message Parse(const pqxx::field& body) {
    Message message;
    const pqxx::binarystring bytes(body);
    message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
    return message;
}

std::string Unhex(const std::string& hex) {
    const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
    std::string bytes;
    for (size_t i = 0; i + 1 < hex.size(); i += 2) {
        bytes += static_cast<char>(digit(hex[i]) * 16 + digit(hex[i + 1]));
    }
    return bytes;
}

bool IsVisible(const std::string& units, const Scope& scope) {
    auto parser = pqxx::array_parser(units.c_str());
    for (auto item = parser.get_next(); item.first != pqxx::array_parser::done; item = parser.get_next()) {
        if (item.first == pqxx::array_parser::string_value &&
            std::find(scope.begin(), scope.end(), item.second) != scope.end()) {
            return true;
        }
    }
    return scope.empty();
}

void ReadLog(const pqxx::field& bodies, FoundOrder& found) {
    if (bodies.is_null()) {
        return;
    }
    auto parser = bodies.as_array();
    for (auto item = parser.get_next(); item.first != pqxx::array_parser::done; item = parser.get_next()) {
        if (item.first == pqxx::array_parser::string_value) {
            found.log.emplace_back().ParseFromString(Unhex(item.second));
        }
    }
}

// Most telling first.
int Weight(const v1::Duplicate& duplicate) {
    return duplicate.reasons_size() * 2 + (duplicate.order().has_close_time() ? 0 : 1);
}

}  // namespace

Result<FoundOrder> OrderReader::Find(const std::string& order_id, const Scope& scope) {
    return pool_.Run([&](pqxx::work& transaction) {
        const std::string sql = std::string(kFindSelect) + (LooksLikeId(order_id) ? "order_id = $1" : "number = $1");
        const auto rows = transaction.exec_params(sql, order_id);
        if (rows.empty() || !IsVisible(rows[0][1].c_str(), scope)) {
            throw db::Rollback{{Code::kNotFound, "ORDER_NOT_FOUND", "there is no work order " + order_id}};
        }
        FoundOrder found{Parse<v1::StoredOrder>(rows[0][0]), {}, {}};
        ReadLog(rows[0][2], found);
        for (const auto& row : transaction.exec_params(kFindNotices, rows[0][3].as<std::string>())) {
            found.notices.push_back(ReadNotice(row));
        }
        return found;
    });
}

Result<v1::ListOrdersResponse> OrderReader::List(const v1::ListOrdersRequest& request, const Scope& scope,
                                                 TimePoint now) {
    const auto query = MakeListQuery(request, scope, ToUnixMillis(now));
    if (!query.ok()) {
        return query.error();
    }
    return pool_.Run([&](pqxx::work& transaction) {
        v1::ListOrdersResponse page;
        std::string last;
        const auto parameters = pqxx::prepare::make_dynamic_params(query->parameters);
        for (const auto& row : transaction.exec_params(query->sql, parameters)) {
            if (page.orders_size() == query->limit) {
                page.set_next_page_token(last);
                break;
            }
            *page.add_orders() = std::move(*Parse<v1::StoredOrder>(row[2]).mutable_order());
            last = (query->by_due ? row[1].as<std::string>() + "/" : "") + row[0].as<std::string>();
        }
        return page;
    });
}

Result<v1::CountOrdersResponse> OrderReader::Count(const std::string& unit_id, const Scope& scope, TimePoint now) {
    const Scope units = unit_id.empty() ? scope : Scope{unit_id};
    return pool_.Run([&](pqxx::work& transaction) {
        const auto row = transaction.exec_params1(kCount, ToUnixMillis(now), ArrayLiteral(units), unit_id);
        const auto at = [&](int column) { return std::min<uint32_t>(row[column].as<uint32_t>(), 1000); };
        v1::CountOrdersResponse count;
        count.set_to_approve(at(0));
        count.set_to_dispatch(at(1));
        count.set_to_accept(at(2));
        count.set_in_hand(at(3));
        count.set_to_verify(at(4));
        count.set_petitions(at(5));
        count.set_overdue(at(6));
        count.set_urged(at(7));
        count.set_open(at(8));
        count.set_assists(at(9));
        return count;
    });
}

Result<v1::SuggestDuplicatesResponse> OrderReader::Alike(const Likeness& likeness, const Scope& scope) {
    return pool_.Run([&](pqxx::work& transaction) {
        std::vector<v1::Duplicate> found;
        for (const auto& row : transaction.exec_params(
                 kAlike, likeness.customer_id, PlainNumber(likeness.customer_number), likeness.line, likeness.cause,
                 TextQuery(likeness.title), ToUnixMillis(likeness.since), ArrayLiteral(scope))) {
            v1::Duplicate& duplicate = found.emplace_back();
            *duplicate.mutable_order() = std::move(*Parse<v1::StoredOrder>(row[0]).mutable_order());
            int column = 1;
            for (const char* reason : {"SAME_CUSTOMER", "SAME_LINE", "SAME_CAUSE", "SIMILAR_TEXT"}) {
                if (row[column++].as<bool>(false)) {
                    duplicate.add_reasons(reason);
                }
            }
        }
        std::stable_sort(found.begin(), found.end(),
                         [](const auto& a, const auto& b) { return Weight(a) > Weight(b); });
        v1::SuggestDuplicatesResponse response;
        for (size_t i = 0; i < std::min<size_t>(found.size(), 10); ++i) {
            *response.add_duplicates() = std::move(found[i]);
        }
        return response;
    });
}

Status OrderReader::RecordReveal(const std::string& order_id, const std::string& actor, const std::string& reason) {
    return pool_.Run([&](pqxx::work& transaction) { transaction.exec_params(kReveal, order_id, actor, reason); });
}

}  // namespace trunkline::workorder

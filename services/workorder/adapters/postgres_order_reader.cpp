// SQL of reading.
#include "workorder/adapters/order_reader.hpp"

#include <algorithm>
#include <tuple>

#include "db/prepared.hpp"
#include "workorder/adapters/notice_codec.hpp"
#include "workorder/adapters/numbers.hpp"
#include "workorder/adapters/order_columns.hpp"
#include "workorder/adapters/times.hpp"
#include "workorder/domain/search_tokens.hpp"

namespace trunkline::workorder {
namespace {

// The order, its log and the messages about it in one statement; `part` tells which a row is.
std::string FindStatement(const char* column) {
    return std::string("WITH found AS MATERIALIZED (SELECT order_id, body, units FROM work_order WHERE ") + column +
           " = $1) SELECT 2 AS part, NULL::bytea, NULL::text, " + kNoticeColumns +
           " FROM found JOIN notice USING (order_id) WHERE state <> 6 UNION ALL SELECT 0, body, units::text" +
           kNoNotice + " FROM found UNION ALL SELECT 1, order_log.body, order_log.number::text" + kNoNotice +
           " FROM found JOIN order_log USING (order_id)";
}
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
template <class Message>
Message Parse(const pqxx::field& body) {
    Message message;
    const pqxx::binarystring bytes(body);
    message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
    return message;
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

// Most telling first.
int Weight(const v1::Duplicate& duplicate) {
    return duplicate.reasons_size() * 2 + (duplicate.order().has_close_time() ? 0 : 1);
}

}  // namespace

Result<FoundOrder> OrderReader::Find(const std::string& order_id, const Scope& scope) {
    static const std::string kById = FindStatement("order_id");
    static const std::string kByNumber = FindStatement("number");
    return pool_.RunOne([&](pqxx::nontransaction& statement) {
        FoundOrder found;
        bool visible = false;
        const auto& sql = LooksLikeId(order_id) ? kById : kByNumber;
        for (const auto& row : db::ExecPrepared(statement, sql.c_str(), order_id)) {
            switch (row[0].as<int>()) {
                case 0:
                    visible = IsVisible(row[2].c_str(), scope);
                    found.stored = Parse<v1::StoredOrder>(row[1]);
                    break;
                case 1:
                    found.log.push_back(Parse<v1::LogEntry>(row[1]));
                    break;
                default:
                    found.notices.push_back(ReadNotice(row, 3));
            }
        }
        if (!visible) {
            throw db::Rollback{{Code::kNotFound, "ORDER_NOT_FOUND", "there is no work order " + order_id}};
        }
        std::sort(found.log.begin(), found.log.end(),
                  [](const auto& a, const auto& b) { return a.number() < b.number(); });
        std::sort(found.notices.begin(), found.notices.end(), [](const auto& a, const auto& b) {
            const auto place = [](const v1::Notice& notice) {
                return std::tuple(FromTimestamp(notice.create_time()), std::string_view(notice.origin_id()),
                                  notice.attempt());
            };
            return place(a) < place(b);
        });
        return found;
    });
}

Result<v1::ListOrdersResponse> OrderReader::List(const v1::ListOrdersRequest& request, const Scope& scope,
                                                 TimePoint now) {
    const auto query = MakeListQuery(request, scope, ToUnixMillis(now));
    if (!query.ok()) {
        return query.error();
    }
    return pool_.RunOne([&](pqxx::nontransaction& statement) {
        v1::ListOrdersResponse page;
        std::string last;
        const auto parameters = pqxx::prepare::make_dynamic_params(query->parameters);
        for (const auto& row : statement.exec_params(query->sql, parameters)) {
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
    return pool_.RunOne([&](pqxx::nontransaction& statement) {
        const auto row = statement.exec_params1(kCount, ToUnixMillis(now), ArrayLiteral(units), unit_id);
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
    return pool_.RunOne([&](pqxx::nontransaction& statement) {
        std::vector<v1::Duplicate> found;
        for (const auto& row : statement.exec_params(kAlike, likeness.customer_id, Canonical(likeness.customer_number),
                                                     likeness.line, likeness.cause, TextQuery(likeness.title),
                                                     ToUnixMillis(likeness.since), ArrayLiteral(scope))) {
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

}  // namespace trunkline::workorder

// Conditions are put together from constants; values travel as parameters.
#include "workorder/adapters/list_query.hpp"

#include "workorder/adapters/numbers.hpp"
#include "workorder/adapters/order_columns.hpp"
#include "workorder/adapters/times.hpp"
#include "workorder/domain/search_tokens.hpp"

namespace trunkline::workorder {
namespace {

constexpr int kPageDefault = 100;
constexpr int kPageLimit = 500;
// The id has another name as text, or ORDER BY would sort by the text, which no index knows.
constexpr const char* kSelect =
    "SELECT order_id::text AS id, round(extract(epoch FROM due_time) * 1000)::bigint, body FROM work_order WHERE true";

class Builder {
 public:
    explicit Builder(ListQuery& query) : query_(query) { query_.sql = kSelect; }

    void Where(const std::string& condition) { query_.sql += " AND " + condition; }
    // '?' stands for the value.
    void Where(std::string condition, const std::string& value) {
        query_.parameters.push_back(value);
        const std::string place = "$" + std::to_string(query_.parameters.size());
        for (size_t at = condition.find('?'); at != std::string::npos; at = condition.find('?', at + place.size())) {
            condition.replace(at, 1, place);
        }
        Where(condition);
    }
    void Equal(const char* column, const std::string& value) {
        if (!value.empty()) {
            Where(std::string(column) + " = ?", value);
        }
    }
    void EqualNumber(const char* column, int value) {
        if (value != 0) {
            Where(std::string(column) + " = ?::smallint", std::to_string(value));
        }
    }
    void From(const char* column, bool has, const google::protobuf::Timestamp& time, const char* comparison) {
        if (has) {
            Where(std::string(column) + comparison + "to_timestamp(?::bigint / 1000.0)",
                  std::to_string(ToUnixMillis(FromTimestamp(time))));
        }
    }

 private:
    ListQuery& query_;
};

void AddStates(const v1::ListOrdersRequest& request, int64_t now, Builder& builder) {
    std::vector<std::string> states;
    for (const int state : request.states()) {
        states.push_back(std::to_string(state));
    }
    if (request.state() != v1::ORDER_STATE_UNSPECIFIED) {
        states.push_back(std::to_string(request.state()));
    }
    if (!states.empty()) {
        builder.Where("phase = ANY(?::smallint[])", ArrayLiteral(states));
    }
    if (request.open_only() || request.overdue_only() || request.petitions_only()) {
        builder.Where("open");
    }
    if (request.overdue_only()) {
        builder.Where("NOT suspended AND due_time < to_timestamp(?::bigint / 1000.0)", std::to_string(now));
    }
    if (request.petitions_only()) {
        builder.Where("petition");
    }
    if (request.urged_only()) {
        builder.Where("urge_count > 0");
    }
    if (request.suspended_only()) {
        builder.Where("open AND suspended");
    }
}

void AddValues(const v1::ListOrdersRequest& request, Builder& builder) {
    builder.Equal("branch", request.branch());
    builder.Equal("contact_id", request.contact_id());
    builder.Equal("owner", request.owner());
    builder.Equal("type_id", request.type_id());
    builder.EqualNumber("kind", request.type());
    builder.Equal("customer_id", request.customer_id());
    builder.Equal("line", request.line());
    builder.Equal("area", request.area());
    builder.Equal("cause", request.cause());
    builder.Equal("incident_id", request.incident_id());
    builder.Equal("handler", request.handler());
    builder.Equal("creator", request.creator());
    builder.EqualNumber("priority", request.priority());
    if (!request.customer_number().empty()) {
        builder.Where("customer_plain <> '' AND customer_plain = ?", Canonical(request.customer_number()));
    }
    if (!request.unit_id().empty()) {
        builder.Where("units && ?::text[]", ArrayLiteral({request.unit_id()}));
    }
    // A range instead of LIKE: it needs no index of its own in any collation.
    if (!request.number().empty()) {
        builder.Where("(number COLLATE \"C\" >= ? AND number COLLATE \"C\" < ? || chr(1114111))", request.number());
    }
    builder.From("create_time", request.has_created_from(), request.created_from(), " >= ");
    builder.From("create_time", request.has_created_to(), request.created_to(), " < ");
    builder.From("due_time", request.has_due_from(), request.due_from(), " >= ");
    builder.From("due_time", request.has_due_to(), request.due_to(), " < ");
}

void AddSearch(const v1::ListOrdersRequest& request, Builder& builder) {
    std::string search = TextQuery(request.text());
    for (const auto& [field, value] : request.fields()) {
        search += (search.empty() ? "" : " & ") + QuoteToken(FieldToken(field, value));
    }
    if (!search.empty()) {
        builder.Where("search @@ ?::tsquery", search);
    } else if (!request.text().empty()) {
        builder.Where("false");  // nothing that could be found, such as punctuation alone
    }
}

Error BadToken() {
    return {Code::kInvalidArgument, "BAD_FIELD", "page_token must be the next_page_token of the page before"};
}

// Tokens: the last order's id, or "due milliseconds/id".
Status AddPage(const v1::ListOrdersRequest& request, ListQuery& query, Builder& builder) {
    const std::string& token = request.page_token();
    if (token.empty()) {
        return {};
    }
    if (!query.by_due) {
        if (!LooksLikeId(token)) {
            return BadToken();
        }
        builder.Where("order_id < ?::uuid", token);
        return {};
    }
    const size_t slash = token.find('/');
    if (slash == 0 || slash == std::string::npos || slash > 18 || !LooksLikeId(token.substr(slash + 1)) ||
        token.find_first_not_of("-0123456789") < slash) {
        return BadToken();
    }
    const std::string id = "$" + std::to_string(query.parameters.size() + 2) + "::uuid";
    builder.Where("(due_time, order_id) > (to_timestamp(?::bigint / 1000.0), " + id + ")", token.substr(0, slash));
    query.parameters.push_back(token.substr(slash + 1));
    return {};
}

// Orders of a short time long ago are few: they are found by their time and sorted, which PostgreSQL does when no index
// has the order asked for. By the order of ids it would walk through everything that came after them.
bool IsShort(const v1::ListOrdersRequest& request) {
    return request.has_created_from() && request.has_created_to() &&
           FromTimestamp(request.created_to()) - FromTimestamp(request.created_from()) <= std::chrono::days{32};
}

}  // namespace

std::string ArrayLiteral(const std::vector<std::string>& items) {
    std::string literal = "{";
    for (const std::string& item : items) {
        literal += literal.size() == 1 ? "\"" : ",\"";
        for (const char c : item) {
            if (c == '"' || c == '\\') {
                literal += '\\';
            }
            literal += c;
        }
        literal += '"';
    }
    return literal + "}";
}

std::string QuoteToken(const std::string& token) {
    std::string quoted = "'";
    for (const char c : token) {
        if (c == '\'' || c == '\\') {
            quoted += c;
        }
        quoted += c;
    }
    return quoted + "'";
}

std::string TextQuery(const std::string& text) {
    std::string query;
    for (const QueryToken& token : QueryTokens(text)) {
        query += (query.empty() ? "" : " & ") + QuoteToken(token.text) + (token.prefix ? ":*" : "");
    }
    return query;
}

Result<ListQuery> MakeListQuery(const v1::ListOrdersRequest& request, const Scope& scope, int64_t now_millis) {
    ListQuery query;
    query.limit =
        request.page_size() == 0 ? kPageDefault : static_cast<int>(std::min<uint32_t>(request.page_size(), 1 << 20));
    if (query.limit > kPageLimit) {
        return Error{Code::kInvalidArgument, "BAD_FIELD", "page_size must not be above 500"};
    }
    query.by_due = request.sort() == v1::ListOrdersRequest::DUE;
    Builder builder(query);
    AddStates(request, now_millis, builder);
    AddValues(request, builder);
    AddSearch(request, builder);
    if (!scope.empty()) {
        builder.Where("units && ?::text[]", ArrayLiteral(scope));
    }
    if (Status page = AddPage(request, query, builder); !page.ok()) {
        return page.error();
    }
    query.sql += query.by_due       ? " ORDER BY due_time, order_id"
                 : IsShort(request) ? " ORDER BY order_id::text COLLATE \"C\" DESC"
                                    : " ORDER BY order_id DESC";
    query.sql += " LIMIT " + std::to_string(query.limit + 1);
    return query;
}

}  // namespace trunkline::workorder

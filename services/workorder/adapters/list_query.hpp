// The SQL of a list: only what was asked for becomes a condition, so the planner sees what there is to find.
#pragma once
#include <string>
#include <vector>

#include "result/result.hpp"
#include "trunkline/workorder/v1/workorder.pb.h"

namespace trunkline::workorder {

// Which units a caller may see; empty: all.
using Scope = std::vector<std::string>;

struct ListQuery {
    std::string sql;  // columns order_id, due in milliseconds, body; one row more than the page
    std::vector<std::string> parameters;
    int limit = 0;
    bool by_due = false;
};

// kInvalidArgument when page_size or page_token is not right.
Result<ListQuery> MakeListQuery(const v1::ListOrdersRequest& request, const Scope& scope, int64_t now_millis);
// "{a,b}" as PostgreSQL reads arrays of text.
std::string ArrayLiteral(const std::vector<std::string>& items);
// A tsquery of everything in the text; empty when there is nothing to look for.
std::string TextQuery(const std::string& text);
// One token as a tsquery writes it.
std::string QuoteToken(const std::string& token);

}  // namespace trunkline::workorder

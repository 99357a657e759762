// Reading orders: straight from their stored form to what the API shows.
#pragma once
#include "db/pool.hpp"
#include "trunkline/workorder/v1/stored.pb.h"
#include "trunkline/workorder/v1/workorder.pb.h"
#include "workorder/adapters/list_query.hpp"
#include "workorder/domain/order.hpp"

namespace trunkline::workorder {

struct FoundOrder {
    v1::StoredOrder stored;
    std::vector<v1::LogEntry> log;
    std::vector<v1::Notice> notices;
};

// Safe from any thread. Numbers and addresses are in clear here; whoever shows them masks them.
class OrderReader {
 public:
    explicit OrderReader(db::Pool& pool) : pool_(pool) {}

    // By id or number. kNotFound also when the scope does not cover it: what one may not see is not there.
    Result<FoundOrder> Find(const std::string& order_id, const Scope& scope);
    Result<v1::ListOrdersResponse> List(const v1::ListOrdersRequest& request, const Scope& scope, TimePoint now);
    Result<v1::CountOrdersResponse> Count(const std::string& unit_id, const Scope& scope, TimePoint now);

    struct Likeness {
        std::string type_id;
        std::string customer_id;
        std::string customer_number;
        std::string line;
        std::string cause;
        std::string title;
        TimePoint since{};
    };
    // Orders since then that share the customer, or line and cause, or most of the title.
    Result<v1::SuggestDuplicatesResponse> Alike(const Likeness& likeness, const Scope& scope);

 private:
    db::Pool& pool_;
};

}  // namespace trunkline::workorder

// What the work-order application needs from outside.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "workorder/domain/order.hpp"

namespace trunkline::workorder {

struct OrderFilter {
    std::optional<OrderState> state;
    std::string branch;
    ContactId contact;
    int limit = 100;
    std::string after;  // page token of the page before
};

struct OrderPage {
    std::vector<Order> orders;  // newest first, without their logs
    std::string next;           // empty on the last page
};

// Orders with their logs. A write and the events that tell it are one transaction; a request id that was used before
// returns the order as it is and changes nothing.
class OrderStore {
 public:
    virtual ~OrderStore() = default;
    // Gives the order its number.
    virtual Result<Order> Insert(const std::string& request_id, Order order) = 0;
    // Runs `change` on the locked order and stores what it returns. kNotFound when there is no such order.
    virtual Result<Order> Change(const std::string& request_id, const std::string& order_id,
                                 const std::function<Result<Order>(Order)>& change) = 0;
    // By id or number.
    virtual Result<Order> Find(const std::string& order_id) = 0;
    virtual Result<OrderPage> List(const OrderFilter& filter) = 0;
};

}  // namespace trunkline::workorder

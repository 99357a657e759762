// The use cases of work orders: create, take a step, look up.
#pragma once
#include "ids/ids.hpp"
#include "workorder/app/ports.hpp"

namespace trunkline::workorder {

// Safe from any thread; blocks on the store.
class OrderDesk {
 public:
    OrderDesk(OrderStore& store, const calendar::WorkingCalendar& calendar, const Clock& clock, IdGenerator& ids)
        : store_(store), calendar_(calendar), clock_(clock), ids_(ids) {}

    // `request_id` makes a retry safe; kInvalidArgument when it is empty.
    Result<Order> Create(const std::string& request_id, NewOrder wanted);
    Result<Order> Step(const std::string& request_id, const std::string& order_id, const StepRequest& request);
    Result<Order> Find(const std::string& order_id) { return store_.Find(order_id); }
    Result<OrderPage> List(const OrderFilter& filter) { return store_.List(filter); }

 private:
    OrderStore& store_;
    const calendar::WorkingCalendar& calendar_;
    const Clock& clock_;
    IdGenerator& ids_;
};

}  // namespace trunkline::workorder

// Use cases: the domain decides, the store keeps.
#include "workorder/app/order_desk.hpp"

namespace trunkline::workorder {
namespace {

Status CheckRequestId(const std::string& request_id) {
    if (request_id.empty() || request_id.size() > 100) {
        return Error{Code::kInvalidArgument, "REQUEST_ID_MISSING",
                     "request_id must be given (up to 100 bytes), so that a retry does nothing twice"};
    }
    return {};
}

}  // namespace

Result<Order> OrderDesk::Create(const std::string& request_id, NewOrder wanted) {
    if (Status sound = CheckRequestId(request_id); !sound.ok()) {
        return sound.error();
    }
    wanted.id = OrderId{ids_.New()};
    auto order = CreateOrder(wanted, calendar_, clock_.Now());
    if (!order.ok()) {
        return order;
    }
    return store_.Insert(request_id, std::move(order).value());
}

Result<Order> OrderDesk::Step(const std::string& request_id, const std::string& order_id, const StepRequest& request) {
    if (Status sound = CheckRequestId(request_id); !sound.ok()) {
        return sound.error();
    }
    return store_.Change(request_id, order_id,
                         [&](Order order) { return TakeStep(std::move(order), request, clock_.Now()); });
}

}  // namespace trunkline::workorder

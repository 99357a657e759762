// Requests in, orders out.
#include "workorder/adapters/grpc_work_orders.hpp"

#include "rpc/rpc.hpp"
#include "workorder/adapters/order_codec.hpp"

namespace trunkline::workorder {
namespace {

constexpr int kPageDefault = 100;
constexpr int kPageLimit = 500;

grpc::Status Invalid(const std::string& message) {
    return rpc::ToGrpc(Error{Code::kInvalidArgument, "BAD_FIELD", message});
}

}  // namespace

grpc::Status GrpcWorkOrders::Answer(std::string_view action, const Result<Order>& order, v1::Order* response) {
    observer_(action, order.ok());
    if (!order.ok()) {
        return rpc::ToGrpc(order.error());
    }
    *response = ToProto(*order);
    return grpc::Status::OK;
}

grpc::Status GrpcWorkOrders::CreateOrder(grpc::ServerContext*, const v1::CreateOrderRequest* request,
                                         v1::Order* response) {
    if (request->type() < v1::CONSULTATION || request->type() > v1::SUGGESTION) {
        observer_("create", false);
        return Invalid("type must be CONSULTATION, COMPLAINT or SUGGESTION");
    }
    NewOrder wanted;
    wanted.type = static_cast<OrderType>(request->type());
    wanted.title = request->title();
    wanted.description = request->description();
    wanted.contact = ContactId{request->contact_id()};
    wanted.customer_number = request->customer_number();
    wanted.branch = request->branch();
    wanted.actor = request->actor();
    return Answer("create", desk_.Create(request->request_id(), std::move(wanted)), response);
}

grpc::Status GrpcWorkOrders::TakeStep(grpc::ServerContext*, const v1::TakeStepRequest* request, v1::Order* response) {
    if (request->step() < v1::ACCEPT || request->step() > v1::NOTE) {
        observer_("step", false);
        return Invalid("step must be ACCEPT, FEED_BACK, VERIFY, SEND_BACK, CLOSE or NOTE");
    }
    const StepRequest step{static_cast<Step>(request->step()), request->actor(), request->text(), request->revision()};
    return Answer("step", desk_.Step(request->request_id(), request->order_id(), step), response);
}

grpc::Status GrpcWorkOrders::GetOrder(grpc::ServerContext*, const v1::GetOrderRequest* request, v1::Order* response) {
    return Answer("read", desk_.Find(request->order_id()), response);
}

grpc::Status GrpcWorkOrders::ListOrders(grpc::ServerContext*, const v1::ListOrdersRequest* request,
                                        v1::ListOrdersResponse* response) {
    OrderFilter filter;
    if (request->state() != v1::ORDER_STATE_UNSPECIFIED) {
        filter.state = static_cast<OrderState>(request->state());
    }
    filter.branch = request->branch();
    filter.contact = ContactId{request->contact_id()};
    filter.after = request->page_token();
    filter.limit = request->page_size() == 0 ? kPageDefault : static_cast<int>(request->page_size());
    if (filter.limit > kPageLimit) {
        return Invalid("page_size must not be above 500");
    }
    const auto page = desk_.List(filter);
    observer_("read", page.ok());
    if (!page.ok()) {
        return rpc::ToGrpc(page.error());
    }
    for (const Order& order : page->orders) {
        *response->add_orders() = ToProto(order);
    }
    response->set_next_page_token(page->next);
    return grpc::Status::OK;
}

}  // namespace trunkline::workorder

// The API trunkline.workorder.v1.WorkOrders.
#pragma once
#include <functional>

#include "trunkline/workorder/v1/workorder.grpc.pb.h"
#include "workorder/app/order_desk.hpp"

namespace trunkline::workorder {

class GrpcWorkOrders final : public v1::WorkOrders::Service {
 public:
    // Called once for each request: what was done ("create", "step", "read") and whether it succeeded.
    using Observer = std::function<void(std::string_view action, bool ok)>;

    GrpcWorkOrders(OrderDesk& desk, Observer observer) : desk_(desk), observer_(std::move(observer)) {}

    grpc::Status CreateOrder(grpc::ServerContext*, const v1::CreateOrderRequest* request, v1::Order* response) override;
    grpc::Status TakeStep(grpc::ServerContext*, const v1::TakeStepRequest* request, v1::Order* response) override;
    grpc::Status GetOrder(grpc::ServerContext*, const v1::GetOrderRequest* request, v1::Order* response) override;
    grpc::Status ListOrders(grpc::ServerContext*, const v1::ListOrdersRequest* request,
                            v1::ListOrdersResponse* response) override;

 private:
    grpc::Status Answer(std::string_view action, const Result<Order>& order, v1::Order* response);

    OrderDesk& desk_;
    Observer observer_;
};

}  // namespace trunkline::workorder

// The API of flows: trunkline.ivr.v1.Flows.
#pragma once
#include "ivr/app/flow_desk.hpp"
#include "trunkline/ivr/v1/ivr.grpc.pb.h"

namespace trunkline::ivr {

class GrpcFlows final : public v1::Flows::Service {
 public:
    GrpcFlows(FlowDesk& desk, const FlowBook& book, const Clock& clock) : desk_(desk), book_(book), clock_(clock) {}

    grpc::Status CheckFlow(grpc::ServerContext* context, const v1::CheckFlowRequest* request,
                           v1::CheckFlowResponse* response) override;
    grpc::Status PublishFlow(grpc::ServerContext* context, const v1::PublishFlowRequest* request,
                             v1::FlowVersion* response) override;
    grpc::Status RollBackFlow(grpc::ServerContext* context, const v1::RollBackFlowRequest* request,
                              v1::FlowVersion* response) override;
    grpc::Status DescribeNodes(grpc::ServerContext* context, const google::protobuf::Empty* request,
                               v1::DescribeNodesResponse* response) override;
    grpc::Status SimulateFlow(grpc::ServerContext* context, const v1::SimulateFlowRequest* request,
                              v1::SimulateFlowResponse* response) override;
    grpc::Status ListFlows(grpc::ServerContext* context, const google::protobuf::Empty* request,
                           v1::ListFlowsResponse* response) override;
    grpc::Status GetFlow(grpc::ServerContext* context, const v1::GetFlowRequest* request,
                         v1::GetFlowResponse* response) override;

 private:
    FlowDesk& desk_;
    const FlowBook& book_;
    const Clock& clock_;
};

}  // namespace trunkline::ivr

// trunkline.acd.v1.Agents.
#pragma once
#include <functional>

#include "acd/adapters/desk.hpp"
#include "acd/app/ports.hpp"
#include "trunkline/acd/v1/acd.grpc.pb.h"

namespace trunkline::acd {

class GrpcAgents final : public v1::Agents::Service {
 public:
    // `stored` waits a moment until everything told so far is on disk; false when it is not.
    GrpcAgents(Desk& desk, SettingsStore& store, std::function<bool()> stored)
        : desk_(desk), store_(store), stored_(std::move(stored)) {}

    grpc::Status PutAgent(grpc::ServerContext* context, const v1::PutAgentRequest* request,
                          v1::Agent* response) override;
    grpc::Status DeleteAgent(grpc::ServerContext* context, const v1::DeleteAgentRequest* request,
                             google::protobuf::Empty* response) override;
    grpc::Status GetAgent(grpc::ServerContext* context, const v1::GetAgentRequest* request,
                          v1::Agent* response) override;
    grpc::Status ListAgents(grpc::ServerContext* context, const google::protobuf::Empty* request,
                            v1::ListAgentsResponse* response) override;
    grpc::Status LogInAgent(grpc::ServerContext* context, const v1::LogInAgentRequest* request,
                            v1::Agent* response) override;
    grpc::Status LogOutAgent(grpc::ServerContext* context, const v1::LogOutAgentRequest* request,
                             v1::Agent* response) override;
    grpc::Status SetAgentState(grpc::ServerContext* context, const v1::SetAgentStateRequest* request,
                               v1::Agent* response) override;
    grpc::Status FinishWrapUp(grpc::ServerContext* context, const v1::FinishWrapUpRequest* request,
                              v1::Agent* response) override;
    grpc::Status ExtendWrapUp(grpc::ServerContext* context, const v1::ExtendWrapUpRequest* request,
                              v1::Agent* response) override;
    grpc::Status ReportPresence(grpc::ServerContext* context, const v1::ReportPresenceRequest* request,
                                google::protobuf::Empty* response) override;
    grpc::Status PutReason(grpc::ServerContext* context, const v1::PutReasonRequest* request,
                           v1::Reason* response) override;
    grpc::Status DeleteReason(grpc::ServerContext* context, const v1::DeleteReasonRequest* request,
                              google::protobuf::Empty* response) override;
    grpc::Status ListReasons(grpc::ServerContext* context, const google::protobuf::Empty* request,
                             v1::ListReasonsResponse* response) override;

 private:
    // Tells the router, waits until it is stored, answers with the agent.
    grpc::Status Change(const Event& event, const std::string& agent, v1::Agent* response);
    grpc::Status Show(const std::string& agent, v1::Agent* response);

    Desk& desk_;
    SettingsStore& store_;
    std::function<bool()> stored_;
};

}  // namespace trunkline::acd

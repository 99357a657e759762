// Requests of supervisors; answered when the audit is on disk.
#include "acd/adapters/conversation_messages.hpp"
#include "acd/adapters/grpc_desk.hpp"
#include "rpc/caller.hpp"
#include "rpc/rpc.hpp"

namespace trunkline::acd {

grpc::Status GrpcSupervision::Act(const grpc::ServerContext& context, SupervisorAsked asked,
                                  v1::Conversation* response) {
    const rpc::Caller caller = rpc::CallerOf(context);
    if (asked.supervisor.empty()) {
        asked.supervisor = AgentId(caller.agent_id);
    } else if (caller.IsUser() && asked.supervisor.str() != caller.agent_id) {
        return rpc::ToGrpc(Error{Code::kPermissionDenied, "NOT_YOURSELF", "supervisor_id must be your own agent"});
    }
    asked.asked_by = caller.Name();
    const AgentId agent = asked.agent;
    if (const Status done = desk_.Request(std::move(asked)); !done.ok()) {
        return rpc::ToGrpc(done);
    }
    if (!stored_()) {
        return rpc::ToGrpc(Error{Code::kUnavailable, "DATABASE_AWAY",
                                 "it is done, but its audit is not stored yet, because the database is away"});
    }
    return ShowConversation(desk_, agent, *response);
}

grpc::Status GrpcSupervision::Listen(grpc::ServerContext* context, const v1::SuperviseRequest* request,
                                     v1::Conversation* response) {
    return Act(*context, {AgentId(request->supervisor_id()), AgentId(request->agent_id()), SupervisorAction::kListen},
               response);
}

grpc::Status GrpcSupervision::Whisper(grpc::ServerContext* context, const v1::SuperviseRequest* request,
                                      v1::Conversation* response) {
    return Act(*context, {AgentId(request->supervisor_id()), AgentId(request->agent_id()), SupervisorAction::kWhisper},
               response);
}

grpc::Status GrpcSupervision::Barge(grpc::ServerContext* context, const v1::SuperviseRequest* request,
                                    v1::Conversation* response) {
    return Act(*context, {AgentId(request->supervisor_id()), AgentId(request->agent_id()), SupervisorAction::kBarge},
               response);
}

grpc::Status GrpcSupervision::TakeOver(grpc::ServerContext* context, const v1::SuperviseRequest* request,
                                       v1::Conversation* response) {
    return Act(*context, {AgentId(request->supervisor_id()), AgentId(request->agent_id()), SupervisorAction::kTakeOver},
               response);
}

grpc::Status GrpcSupervision::Leave(grpc::ServerContext* context, const v1::SuperviseRequest* request,
                                    v1::Conversation* response) {
    return Act(*context, {AgentId(request->supervisor_id()), AgentId(request->agent_id()), SupervisorAction::kLeave},
               response);
}

grpc::Status GrpcSupervision::ForceHangUp(grpc::ServerContext* context, const v1::SuperviseRequest* request,
                                          v1::Conversation* response) {
    return Act(*context, {AgentId(request->supervisor_id()), AgentId(request->agent_id()), SupervisorAction::kHangUp},
               response);
}

grpc::Status GrpcSupervision::ForceLogOut(grpc::ServerContext* context, const v1::SuperviseRequest* request,
                                          v1::Conversation* response) {
    return Act(*context, {AgentId(request->supervisor_id()), AgentId(request->agent_id()), SupervisorAction::kLogOut},
               response);
}

grpc::Status GrpcSupervision::ForceState(grpc::ServerContext* context, const v1::ForceStateRequest* request,
                                         v1::Conversation* response) {
    SupervisorAsked asked{AgentId(request->supervisor_id()), AgentId(request->agent_id()),
                          SupervisorAction::kForceState};
    // Whatever else is asked for is refused by the router.
    asked.state = AgentState::kLoggedOut;
    if (request->state() == v1::READY) {
        asked.state = AgentState::kReady;
    } else if (request->state() == v1::NOT_READY) {
        asked.state = AgentState::kNotReady;
    }
    asked.reason = request->reason();
    return Act(*context, std::move(asked), response);
}

}  // namespace trunkline::acd

// Requests about reasons, presence and the extension of a wrap-up.
#include "acd/adapters/grpc_agents.hpp"
#include "acd/adapters/resource_messages.hpp"
#include "acd/adapters/times.hpp"
#include "rpc/rpc.hpp"
#include "versions/versions.hpp"

namespace trunkline::acd {
namespace {

constexpr Duration kLongestLease = std::chrono::hours(1);

}  // namespace

grpc::Status GrpcAgents::ExtendWrapUp(grpc::ServerContext* /*context*/, const v1::ExtendWrapUpRequest* request,
                                      v1::Agent* response) {
    return Change(WrapUpExtended{AgentId(request->agent_id())}, request->agent_id(), response);
}

grpc::Status GrpcAgents::ReportPresence(grpc::ServerContext* /*context*/, const v1::ReportPresenceRequest* request,
                                        google::protobuf::Empty* /*response*/) {
    const Duration lease = FromProto(request->lease());
    if (lease <= Duration::zero() || lease > kLongestLease) {
        return rpc::ToGrpc(
            Error{Code::kInvalidArgument, "INVALID_LEASE", "lease must be above zero and at most an hour"});
    }
    return rpc::ToGrpc(desk_.Request(AgentSeen{AgentId(request->agent_id()), lease}));
}

grpc::Status GrpcAgents::PutReason(grpc::ServerContext* context, const v1::PutReasonRequest* request,
                                   v1::Reason* response) {
    const versions::Author author(context);
    const Reason reason = FromProto(request->reason());
    Status done = Validate(reason);
    done = done.ok() ? store_.SaveReason(reason) : done;
    done = done.ok() ? desk_.Request(ReasonPut{reason}) : done;
    if (!done.ok()) {
        return rpc::ToGrpc(done);
    }
    *response = ToProto(reason);
    return grpc::Status::OK;
}

grpc::Status GrpcAgents::DeleteReason(grpc::ServerContext* context, const v1::DeleteReasonRequest* request,
                                      google::protobuf::Empty* /*response*/) {
    const versions::Author author(context);
    if (const Status deleted = desk_.Request(ReasonDeleted{request->reason()}); !deleted.ok()) {
        return rpc::ToGrpc(deleted);
    }
    return rpc::ToGrpc(store_.DeleteReason(request->reason()));
}

grpc::Status GrpcAgents::ListReasons(grpc::ServerContext* /*context*/, const google::protobuf::Empty* /*request*/,
                                     v1::ListReasonsResponse* response) {
    const auto reasons = desk_.Ask([](Switchboard& desk) { return desk.router().reasons(); });
    if (!reasons.ok()) {
        return rpc::ToGrpc(reasons.error());
    }
    for (const auto& [word, reason] : *reasons) {
        *response->add_reasons() = ToProto(reason);
    }
    return grpc::Status::OK;
}

}  // namespace trunkline::acd

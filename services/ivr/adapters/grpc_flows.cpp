// The API of flows.
#include "ivr/adapters/grpc_flows.hpp"

#include <google/protobuf/util/time_util.h>

#include "ivr/adapters/flow_codec.hpp"
#include "rpc/rpc.hpp"

namespace trunkline::ivr {
namespace {

void ToProto(const StoredFlow& stored, v1::FlowVersion& version) {
    version.set_name(stored.version.name);
    version.set_version(stored.version.version);
    version.set_current(stored.current);
    *version.mutable_publish_time() =
        google::protobuf::util::TimeUtil::MillisecondsToTimestamp(ToUnixMillis(stored.published));
    version.set_note(stored.note);
}

grpc::Status Answer(const Result<StoredFlow>& stored, v1::FlowVersion& version) {
    if (!stored) return rpc::ToGrpc(stored.error());
    ToProto(*stored, version);
    return grpc::Status::OK;
}

}  // namespace

grpc::Status GrpcFlows::CheckFlow(grpc::ServerContext*, const v1::CheckFlowRequest* request,
                                  v1::CheckFlowResponse* response) {
    for (const Fault& fault : desk_.Check(FromProto(request->flow()))) {
        auto& entry = *response->add_faults();
        entry.set_node_id(fault.node_id);
        entry.set_reason(fault.reason);
        entry.set_message(fault.message);
    }
    return grpc::Status::OK;
}

grpc::Status GrpcFlows::PublishFlow(grpc::ServerContext*, const v1::PublishFlowRequest* request,
                                    v1::FlowVersion* response) {
    return Answer(desk_.Publish(FromProto(request->flow()), ToJson(request->flow()), request->note()), *response);
}

grpc::Status GrpcFlows::RollBackFlow(grpc::ServerContext*, const v1::RollBackFlowRequest* request,
                                     v1::FlowVersion* response) {
    return Answer(desk_.RollBack({request->name(), request->version()}), *response);
}

grpc::Status GrpcFlows::ListFlows(grpc::ServerContext*, const google::protobuf::Empty*,
                                  v1::ListFlowsResponse* response) {
    for (const StoredFlow& stored : book_.List()) ToProto(stored, *response->add_versions());
    return grpc::Status::OK;
}

grpc::Status GrpcFlows::GetFlow(grpc::ServerContext*, const v1::GetFlowRequest* request,
                                v1::GetFlowResponse* response) {
    const auto page =
        request->version() == 0 ? book_.Current(request->name()) : book_.Find({request->name(), request->version()});
    if (!page) {
        return rpc::ToGrpc(Error{Code::kNotFound, "UNKNOWN_FLOW", "there is no such flow: " + request->name()});
    }
    const auto flow = FromJson(page->stored.body);
    if (!flow) return rpc::ToGrpc(flow.error());
    *response->mutable_flow() = *flow;
    ToProto(page->stored, *response->mutable_version());
    return grpc::Status::OK;
}

}  // namespace trunkline::ivr

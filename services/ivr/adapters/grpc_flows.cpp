// The API of flows.
#include "ivr/adapters/grpc_flows.hpp"

#include <google/protobuf/util/time_util.h>

#include "ivr/adapters/flow_codec.hpp"
#include "ivr/adapters/node_schema.hpp"
#include "ivr/domain/rehearsal.hpp"
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

constexpr int kMostInputs = 200;

std::vector<RehearsedInput> FromProto(const v1::SimulateFlowRequest& request) {
    std::vector<RehearsedInput> inputs;
    for (const auto& input : request.inputs()) {
        if (input.has_taken()) {
            inputs.emplace_back(RehearsedParty{input.taken()});
        } else {
            inputs.emplace_back(RehearsedKeys{input.keys()});
        }
    }
    return inputs;
}

void ToProto(const Rehearsal& rehearsal, v1::SimulateFlowResponse& response) {
    for (const RehearsedStep& step : rehearsal.steps) {
        auto& entry = *response.add_steps();
        entry.set_node_id(step.node);
        entry.set_kind(step.kind);
        *entry.mutable_texts() = {step.texts.begin(), step.texts.end()};
        entry.set_exit(step.exit);
    }
    if (rehearsal.needs == Rehearsal::Needs::kKeys) response.set_waits_for("KEYS");
    if (rehearsal.needs == Rehearsal::Needs::kParty) response.set_waits_for("PARTY");
    response.set_most_keys(static_cast<uint32_t>(rehearsal.most_keys));
    response.set_end(rehearsal.end);
    response.mutable_variables()->insert(rehearsal.variables.begin(), rehearsal.variables.end());
}

}  // namespace

grpc::Status GrpcFlows::DescribeNodes(grpc::ServerContext*, const google::protobuf::Empty*,
                                      v1::DescribeNodesResponse* response) {
    *response = ivr::DescribeNodes();
    return grpc::Status::OK;
}

grpc::Status GrpcFlows::SimulateFlow(grpc::ServerContext*, const v1::SimulateFlowRequest* request,
                                     v1::SimulateFlowResponse* response) {
    if (request->inputs_size() > kMostInputs) {
        return rpc::ToGrpc(Error{Code::kInvalidArgument, "TOO_MANY_INPUTS", "inputs: at most 200; begin anew"});
    }
    auto flow = std::make_shared<Flow>(FromProto(request->flow()));
    if (const auto faults = desk_.Check(*flow); !faults.empty()) {
        return rpc::ToGrpc(Error{Code::kInvalidArgument, "UNSOUND_FLOW",
                                 "mend the flow first: " + faults[0].node_id + ": " + faults[0].message});
    }
    const TimePoint now =
        request->has_time() ? FromUnixMillis(google::protobuf::util::TimeUtil::TimestampToMilliseconds(request->time()))
                            : clock_.Now();
    ToProto(Rehearse(flow, now, FromProto(*request)), *response);
    return grpc::Status::OK;
}

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

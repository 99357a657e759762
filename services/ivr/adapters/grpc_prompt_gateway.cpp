// Two unary calls with the default deadline.
#include "ivr/adapters/grpc_prompt_gateway.hpp"

#include "rpc/rpc.hpp"

namespace trunkline::ivr {

Status GrpcPromptGateway::Put(const PromptId& id, const Bytes& wav) {
    grpc::ClientContext context;
    rpc::SetDeadline(context);
    trunk::v1::PutPromptRequest request;
    request.set_prompt_id(id.sha256);
    request.set_wav(wav.data(), wav.size());
    google::protobuf::Empty response;
    const grpc::Status status = stub_->PutPrompt(&context, request, &response);
    return status.ok() ? Status() : Status(rpc::FromGrpc(status));
}

Result<std::vector<PromptId>> GrpcPromptGateway::FindMissing(const std::vector<PromptId>& ids) {
    grpc::ClientContext context;
    rpc::SetDeadline(context);
    trunk::v1::FindMissingRequest request;
    for (const PromptId& id : ids) request.add_prompt_ids(id.sha256);
    trunk::v1::FindMissingResponse response;
    const grpc::Status status = stub_->FindMissing(&context, request, &response);
    if (!status.ok()) return rpc::FromGrpc(status);
    std::vector<PromptId> missing;
    for (const std::string& id : response.prompt_ids()) missing.push_back({id});
    return missing;
}

}  // namespace trunkline::ivr

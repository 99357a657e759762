// Calls, prompts and the spool over gRPC.
#include "trunk/adapters/grpc_services.hpp"

#include "trunk/adapters/codec.hpp"

namespace trunkline::trunk {
namespace {

constexpr size_t kChunkBytes = 64 * 1024;

}  // namespace

grpc::Status GrpcCalls::ListCalls(grpc::ServerContext*, const v1::ListCallsRequest*, v1::ListCallsResponse* response) {
    const auto calls = gateway_.sip().Ask([this] { return gateway_.calls().Calls(); });
    if (!calls.ok()) {
        return rpc::ToGrpc(calls.error());
    }
    for (const Call& call : *calls) {
        *response->add_calls() = ToProto(call);
    }
    return grpc::Status::OK;
}

grpc::Status GrpcCalls::HangUpCall(grpc::ServerContext*, const v1::HangUpCallRequest* request,
                                   google::protobuf::Empty*) {
    const auto asked =
        gateway_.sip().Ask([this, call = CallId(request->call_id())] { return gateway_.calls().HangUp(call); });
    return rpc::ToGrpc(asked.ok() ? *asked : Status(asked.error()));
}

grpc::Status GrpcPrompts::PutPrompt(grpc::ServerContext*, const v1::PutPromptRequest* request,
                                    google::protobuf::Empty*) {
    return rpc::ToGrpc(store_.Put(request->prompt_id(), request->wav()));
}

grpc::Status GrpcPrompts::FindMissing(grpc::ServerContext*, const v1::FindMissingRequest* request,
                                      v1::FindMissingResponse* response) {
    for (const std::string& id : request->prompt_ids()) {
        if (!store_.Has(id)) {
            response->add_prompt_ids(id);
        }
    }
    return grpc::Status::OK;
}

grpc::Status GrpcSpool::ListJournals(grpc::ServerContext*, const google::protobuf::Empty*,
                                     v1::ListJournalsResponse* response) {
    for (v1::Journal& journal : spool_.List()) {
        *response->add_journals() = std::move(journal);
    }
    return grpc::Status::OK;
}

grpc::Status GrpcSpool::ReadJournal(grpc::ServerContext* context, const v1::ReadJournalRequest* request,
                                    grpc::ServerWriter<v1::ReadJournalResponse>* writer) {
    if (request->offset() < 0) {
        return {grpc::StatusCode::INVALID_ARGUMENT, "offset is 0 or more", "INVALID"};
    }
    auto offset = static_cast<uint64_t>(request->offset());
    while (!context->IsCancelled()) {
        auto bytes = spool_.Read(RecordingId(request->recording_id()), offset, kChunkBytes);
        if (!bytes.ok()) {
            return rpc::ToGrpc(bytes.error());
        }
        if (bytes->empty()) {
            return grpc::Status::OK;
        }
        offset += bytes->size();
        v1::ReadJournalResponse response;
        response.set_chunk(std::move(*bytes));
        if (!writer->Write(response)) {
            break;
        }
    }
    return grpc::Status::CANCELLED;
}

grpc::Status GrpcSpool::FreeJournal(grpc::ServerContext*, const v1::FreeJournalRequest* request,
                                    google::protobuf::Empty*) {
    return rpc::ToGrpc(spool_.Free(RecordingId(request->recording_id())));
}

}  // namespace trunkline::trunk

// Marks over gRPC.
#include "recording/adapters/grpc_marks.hpp"

#include "rpc/rpc.hpp"

namespace trunkline::recording {
namespace {

constexpr size_t kLongest = 800;  // bytes: 200 Chinese letters and some

}  // namespace

grpc::Status GrpcMarks::ListMarks(grpc::ServerContext*, const v1::ListMarksRequest* request,
                                  v1::ListMarksResponse* response) {
    auto marks = marks_.List(request->recording_id());
    if (!marks) return rpc::ToGrpc(marks.error());
    *response = std::move(*marks);
    return grpc::Status::OK;
}

grpc::Status GrpcMarks::AddMark(grpc::ServerContext* context, const v1::AddMarkRequest* request, v1::Mark* response) {
    if (request->text().size() > kLongest) {
        return rpc::ToGrpc(Error{Code::kInvalidArgument, "BAD_FIELD", "text may have 200 letters"});
    }
    auto mark = marks_.Add(*request, rpc::CallerOf(*context));
    if (!mark) return rpc::ToGrpc(mark.error());
    *response = std::move(*mark);
    return grpc::Status::OK;
}

grpc::Status GrpcMarks::DeleteMark(grpc::ServerContext*, const v1::DeleteMarkRequest* request,
                                   google::protobuf::Empty*) {
    return rpc::ToGrpc(marks_.Delete(request->recording_id(), request->mark_id()));
}

}  // namespace trunkline::recording

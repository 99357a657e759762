// trunkline.recording.v1.Marks.
#pragma once
#include "recording/adapters/postgres_marks.hpp"
#include "trunkline/recording/v1/marks.grpc.pb.h"

namespace trunkline::recording {

class GrpcMarks final : public v1::Marks::Service {
 public:
    explicit GrpcMarks(PostgresMarks& marks) : marks_(marks) {}

    grpc::Status ListMarks(grpc::ServerContext*, const v1::ListMarksRequest* request,
                           v1::ListMarksResponse* response) override;
    grpc::Status AddMark(grpc::ServerContext* context, const v1::AddMarkRequest* request, v1::Mark* response) override;
    grpc::Status DeleteMark(grpc::ServerContext*, const v1::DeleteMarkRequest* request,
                            google::protobuf::Empty*) override;

 private:
    PostgresMarks& marks_;
};

}  // namespace trunkline::recording

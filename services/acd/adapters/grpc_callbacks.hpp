// trunkline.acd.v1.Callbacks.
#pragma once
#include "acd/adapters/desk.hpp"
#include "acd/app/ports.hpp"
#include "trunkline/acd/v1/callbacks.grpc.pb.h"

namespace trunkline::acd {

class GrpcCallbacks final : public v1::Callbacks::Service {
 public:
    // `flush` returns when what was told before is on disk.
    GrpcCallbacks(Desk& desk, SettingsStore& store, std::function<bool()> flush)
        : desk_(desk), store_(store), flush_(std::move(flush)) {}

    grpc::Status ListCallbacks(grpc::ServerContext* context, const v1::ListCallbacksRequest* request,
                               v1::ListCallbacksResponse* response) override;
    grpc::Status CancelCallback(grpc::ServerContext* context, const v1::CancelCallbackRequest* request,
                                google::protobuf::Empty* response) override;
    grpc::Status PutDoNotCall(grpc::ServerContext* context, const v1::PutDoNotCallRequest* request,
                              google::protobuf::Empty* response) override;
    grpc::Status DeleteDoNotCall(grpc::ServerContext* context, const v1::DeleteDoNotCallRequest* request,
                                 google::protobuf::Empty* response) override;
    grpc::Status ListDoNotCall(grpc::ServerContext* context, const google::protobuf::Empty* request,
                               v1::ListDoNotCallResponse* response) override;

 private:
    Desk& desk_;
    SettingsStore& store_;
    std::function<bool()> flush_;
};

}  // namespace trunkline::acd

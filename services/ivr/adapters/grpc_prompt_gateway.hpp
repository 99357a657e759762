// The trunk gateway's prompt store over gRPC.
#pragma once
#include <grpcpp/grpcpp.h>

#include <memory>
#include <vector>

#include "ivr/app/ports.hpp"
#include "trunkline/trunk/v1/trunk.grpc.pb.h"

namespace trunkline::ivr {

class GrpcPromptGateway final : public PromptGateway {
 public:
    explicit GrpcPromptGateway(std::shared_ptr<grpc::Channel> channel)
        : stub_(trunk::v1::Prompts::NewStub(std::move(channel))) {}

    Status Put(const PromptId& id, const Bytes& wav) override;
    Result<std::vector<PromptId>> FindMissing(const std::vector<PromptId>& ids) override;

 private:
    std::unique_ptr<trunk::v1::Prompts::Stub> stub_;
};

}  // namespace trunkline::ivr

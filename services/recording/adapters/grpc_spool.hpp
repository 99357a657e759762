// The trunk gateway's spool over gRPC, and the making of audio from its journals.
#pragma once
#include <grpcpp/grpcpp.h>

#include <memory>
#include <vector>

#include "recording/app/ports.hpp"
#include "trunkline/trunk/v1/trunk.grpc.pb.h"

namespace trunkline::recording {

class GrpcSpool final : public Spool, public AudioSource {
 public:
    explicit GrpcSpool(std::shared_ptr<grpc::Channel> channel) : stub_(trunk::v1::Spool::NewStub(std::move(channel))) {}

    Result<std::vector<Recording>> List() override;
    Status Free(const RecordingId& id) override;
    // Journal and WAV are held in memory, never in a file: what was said touches the disk encrypted only.
    Result<std::unique_ptr<Audio>> Make(const RecordingId& id) override;

 private:
    std::unique_ptr<trunk::v1::Spool::Stub> stub_;
};

}  // namespace trunkline::recording

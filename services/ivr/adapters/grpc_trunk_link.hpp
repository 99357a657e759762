// The link to the trunk gateway: one stream, opened again whenever it breaks.
#pragma once
#include <grpcpp/grpcpp.h>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "ivr/app/link_event.hpp"
#include "service/host.hpp"
#include "trunkline/trunk/v1/trunk.grpc.pb.h"

namespace trunkline::ivr {

class GrpcTrunkLink final : public TrunkLink, public service::Component {
 public:
    // Called on the reading thread of the link.
    struct Handlers {
        std::function<void(std::vector<Call> live, std::vector<Call> ended)> snapshot;
        std::function<void(CallId call, LinkEvent event)> event;
        std::function<void(bool up)> state;
    };

    GrpcTrunkLink(std::shared_ptr<grpc::Channel> channel, IdGenerator& ids, Handlers handlers);
    ~GrpcTrunkLink() override { Stop(); }

    void Send(const CallRef& call, const std::string& command_id, const Command& command) override;
    void SetData(const CallRef& call, const CallData& data) override;
    // What was sent since the last time travels in one message.
    void Flush();

    void Start() override;
    void Stop() override;

 private:
    using Stream = grpc::ClientReaderWriter<trunk::v1::AttachRequest, trunk::v1::AttachResponse>;

    void Run();
    // Returns when the stream has ended.
    void Serve();
    void Handle(const trunk::v1::AttachResponse& response);
    // The place of a further command.
    trunk::v1::Command& Add(const CallRef& call, const std::string& command_id);

    std::unique_ptr<trunk::v1::CallControl::Stub> stub_;
    IdGenerator& ids_;
    Handlers handlers_;
    std::mutex mutex_;
    std::condition_variable stopping_;
    bool stopped_ = false;
    grpc::ClientContext* context_ = nullptr;  // of the stream, while there is one
    Stream* stream_ = nullptr;                // while the link is up
    trunk::v1::AttachRequest unsent_;
    std::thread thread_;
};

}  // namespace trunkline::ivr

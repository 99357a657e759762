// The stream to the telephone side: attaches, says hello, passes events up and orders down, and attaches again with
// back-off when it breaks.
#pragma once
#include <grpcpp/grpcpp.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "acd/app/ports.hpp"
#include "service/host.hpp"
#include "trunkline/trunk/v1/trunk.grpc.pb.h"

namespace trunkline::acd {

class GrpcTrunkLink final : public TrunkLink, public service::Component {
 public:
    struct Callbacks {
        std::function<void(calls::Event)> on_event;  // on the reading thread; the first of a stream is the snapshot
        std::function<void()> on_down;
    };
    // `instance_id` is shown in the logs of the other side.
    GrpcTrunkLink(std::shared_ptr<grpc::Channel> channel, std::string instance_id, const Clock& clock);
    ~GrpcTrunkLink() override;

    // Before Start.
    void SetCallbacks(Callbacks callbacks) { callbacks_ = std::move(callbacks); }
    // Safe from any thread; dropped while the link is down.
    void Send(calls::Order order) override;
    // All orders since the last time travel in one message.
    void Flush() override;

    void Start() override;
    void Stop() override;

 private:
    using Stream = grpc::ClientReaderWriter<trunk::v1::AttachRequest, trunk::v1::AttachResponse>;
    void Loop();
    // Returns when the stream has ended; true when it had delivered a snapshot.
    bool RunStream();
    void WriteOrders(Stream& stream);
    trunk::v1::AttachRequest TakeOrders();
    void Deliver(const trunk::v1::AttachResponse& response);
    bool Rest(std::chrono::milliseconds pause);

    std::unique_ptr<trunk::v1::CallControl::Stub> stub_;
    std::string instance_id_;
    const Clock& clock_;
    Callbacks callbacks_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<trunk::v1::Command> orders_;
    grpc::ClientContext* context_ = nullptr;  // of the stream that is open
    bool open_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace trunkline::acd

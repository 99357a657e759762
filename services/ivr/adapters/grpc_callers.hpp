// The customers' records over gRPC, for calls that cannot wait: an answer within 0.3 s, or none.
#pragma once
#include <grpcpp/grpcpp.h>
#include <prometheus/counter.h>

#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "ivr/app/ports.hpp"
#include "service/host.hpp"
#include "trunkline/customer/v1/customer.grpc.pb.h"

namespace trunkline::ivr {

class GrpcCallers final : public Callers, public service::Component {
 public:
    struct Figures {
        prometheus::Counter& answered;
        prometheus::Counter& unanswered;
    };
    // Runs a task on the attendant's thread.
    using Post = std::function<void(std::function<void()>)>;

    GrpcCallers(std::shared_ptr<grpc::Channel> channel, Post post, Figures figures)
        : stub_(customer::v1::Customers::NewStub(std::move(channel))), post_(std::move(post)), figures_(figures) {}
    ~GrpcCallers() override { Stop(); }

    // Never blocks. With too many under way, or after Stop, the answer is none at once.
    void LookUp(const std::string& number, std::function<void(std::optional<CallerFacts>)> done) override;

    void Start() override;
    // Waits for those under way, 0.3 s at the most.
    void Stop() override;

 private:
    struct Ask;
    // False when there is no room for one more.
    bool Begin(std::unique_ptr<Ask>& ask);
    void TakeAnswers();
    void Answer(const Ask& ask);

    std::unique_ptr<customer::v1::Customers::Stub> stub_;
    Post post_;
    Figures figures_;
    grpc::CompletionQueue answers_;
    std::mutex mutex_;
    size_t under_way_ = 0;
    bool stopped_ = false;
    std::thread thread_;
};

}  // namespace trunkline::ivr

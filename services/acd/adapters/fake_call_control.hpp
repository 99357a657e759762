// A telephone side over real gRPC for tests: one stream at a time, what arrived can be waited for.
#pragma once
#include <grpcpp/grpcpp.h>

#include <catch2/catch.hpp>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "trunkline/trunk/v1/trunk.grpc.pb.h"

namespace trunkline::acd {

class FakeCallControl final : public trunk::v1::CallControl::Service {
 public:
    using Request = trunk::v1::AttachRequest;
    using Response = trunk::v1::AttachResponse;
    using Stream = grpc::ServerReaderWriter<Response, Request>;

    FakeCallControl() { Listen(0); }
    ~FakeCallControl() override { Shutdown(); }

    std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
    // Breaks the link, and is there again on the same port.
    void Restart() {
        Shutdown();
        Listen(port_);
    }
    void Tell(const Response& response) {
        const std::lock_guard lock(mutex_);
        REQUIRE(stream_ != nullptr);
        stream_->Write(response);
    }
    // The first request not seen yet that fits; fails the test after 10 s.
    Request Await(const std::function<bool(const Request&)>& fits) {
        std::unique_lock lock(mutex_);
        Request found;
        const bool came = changed_.wait_for(lock, std::chrono::seconds(10), [&] {
            while (seen_ < requests_.size()) {
                found = requests_[seen_++];
                if (fits(found)) {
                    return true;
                }
            }
            return false;
        });
        REQUIRE(came);
        return found;
    }
    trunk::v1::Command AwaitCommand(trunk::v1::Command::ActionCase action) {
        return Await([&](const Request& request) { return request.command().action_case() == action; }).command();
    }

    Response snapshot;  // the answer to every Hello

 private:
    grpc::Status Attach(grpc::ServerContext* /*context*/, Stream* stream) override {
        Request request;
        while (stream->Read(&request)) {
            const std::lock_guard lock(mutex_);
            if (request.has_hello()) {
                stream_ = stream;
                Response answer = snapshot;
                answer.mutable_snapshot();
                stream->Write(answer);
            }
            if (request.commands().empty()) {
                requests_.push_back(request);
            }
            for (const trunk::v1::Command& command : request.commands()) {
                *requests_.emplace_back().mutable_command() = command;
            }
            changed_.notify_all();
        }
        const std::lock_guard lock(mutex_);
        stream_ = nullptr;
        return grpc::Status::OK;
    }

    void Listen(int port) {
        grpc::ServerBuilder builder;
        builder.AddListeningPort("127.0.0.1:" + std::to_string(port), grpc::InsecureServerCredentials(), &port_);
        builder.RegisterService(this);
        server_ = builder.BuildAndStart();
        REQUIRE(server_ != nullptr);
    }
    void Shutdown() {
        // Cancels the stream at once.
        server_->Shutdown(std::chrono::system_clock::time_point{});
        server_->Wait();
    }

    std::unique_ptr<grpc::Server> server_;
    int port_ = 0;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Request> requests_;
    size_t seen_ = 0;
    Stream* stream_ = nullptr;
};

}  // namespace trunkline::acd

// One thread reads and keeps the link up, another writes.
#include "acd/adapters/grpc_trunk_link.hpp"

#include <algorithm>

#include "acd/adapters/trunk_messages.hpp"
#include "log/keys.hpp"
#include "log/log.hpp"

namespace trunkline::acd {
namespace {

constexpr std::chrono::milliseconds kFirstPause{100};
constexpr std::chrono::milliseconds kLongestPause{2000};
constexpr int kMostTogether = 256;

trunk::v1::AttachRequest Hello(const std::string& instance_id) {
    trunk::v1::AttachRequest request;
    request.mutable_hello()->set_application("acd");
    request.mutable_hello()->set_instance_id(instance_id);
    request.mutable_hello()->set_wants_registrations(true);
    return request;
}

}  // namespace

GrpcTrunkLink::GrpcTrunkLink(std::shared_ptr<grpc::Channel> channel, std::string instance_id, const Clock& clock)
    : stub_(trunk::v1::CallControl::NewStub(std::move(channel))), instance_id_(std::move(instance_id)), clock_(clock) {}

GrpcTrunkLink::~GrpcTrunkLink() { Stop(); }

void GrpcTrunkLink::Start() {
    thread_ = std::thread([this] { Loop(); });
}

void GrpcTrunkLink::Stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        if (context_ != nullptr) {
            context_->TryCancel();
        }
    }
    changed_.notify_all();
    if (thread_.joinable()) {
        thread_.join();
    }
}

void GrpcTrunkLink::Send(calls::Order order) {
    auto request = ToProto(order);
    const std::lock_guard lock(mutex_);
    if (open_) {
        orders_.push_back(std::move(*request.mutable_command()));
    }
}

void GrpcTrunkLink::Flush() {
    {
        const std::lock_guard lock(mutex_);
        if (orders_.empty()) {
            return;
        }
    }
    changed_.notify_all();
}

void GrpcTrunkLink::Loop() {
    std::chrono::milliseconds pause = kFirstPause;
    do {
        pause = RunStream() ? kFirstPause : std::min(pause * 2, kLongestPause);
    } while (Rest(pause));
}

// False when it is time to stop.
bool GrpcTrunkLink::Rest(std::chrono::milliseconds pause) {
    std::unique_lock lock(mutex_);
    return !changed_.wait_for(lock, pause, [this] { return stopping_; });
}

bool GrpcTrunkLink::RunStream() {
    grpc::ClientContext context;
    {
        const std::lock_guard lock(mutex_);
        if (stopping_) {
            return false;
        }
        context_ = &context;
        orders_.clear();
        open_ = true;
    }
    const auto stream = stub_->Attach(&context);
    (void)stream->Write(Hello(instance_id_));
    std::thread writer([&] { WriteOrders(*stream); });
    bool attached = false;
    trunk::v1::AttachResponse response;
    while (stream->Read(&response)) {
        attached = true;
        Deliver(response);
        for (const trunk::v1::AttachResponse& later : response.later()) {
            Deliver(later);
        }
    }
    {
        const std::lock_guard lock(mutex_);
        open_ = false;
    }
    changed_.notify_all();
    writer.join();
    const grpc::Status status = stream->Finish();
    {
        const std::lock_guard lock(mutex_);
        context_ = nullptr;
    }
    if (attached) {
        callbacks_.on_down();
    }
    log::Warning(
        "the link to the telephone side is down",
        {{log::kPeer, "trunk"}, {log::kReason, status.error_message()}, {log::kError, status.error_details()}});
    return attached;
}

void GrpcTrunkLink::Deliver(const trunk::v1::AttachResponse& response) {
    if (auto event = FromProto(response, clock_.Now())) {
        callbacks_.on_event(std::move(*event));
    }
}

trunk::v1::AttachRequest GrpcTrunkLink::TakeOrders() {
    trunk::v1::AttachRequest request;
    while (!orders_.empty() && request.commands_size() < kMostTogether) {
        *request.add_commands() = std::move(orders_.front());
        orders_.pop_front();
    }
    return request;
}

void GrpcTrunkLink::WriteOrders(Stream& stream) {
    std::unique_lock lock(mutex_);
    while (open_) {
        if (orders_.empty()) {
            changed_.wait(lock, [this] { return !open_ || !orders_.empty(); });
            continue;
        }
        const trunk::v1::AttachRequest request = TakeOrders();
        lock.unlock();
        const bool written = stream.Write(request);
        lock.lock();
        if (!written) {
            return;
        }
    }
}

}  // namespace trunkline::acd

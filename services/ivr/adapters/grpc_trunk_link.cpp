// Reads on a thread of its own; writes on the caller's.
#include "ivr/adapters/grpc_trunk_link.hpp"

#include "ivr/adapters/link_codec.hpp"
#include "log/keys.hpp"
#include "log/log.hpp"

namespace trunkline::ivr {
namespace {

constexpr std::chrono::milliseconds kPause{300};

std::vector<Call> FromProto(const google::protobuf::RepeatedPtrField<trunk::v1::Call>& calls) {
    std::vector<Call> result;
    for (const trunk::v1::Call& call : calls) result.push_back(ivr::FromProto(call));
    return result;
}

}  // namespace

GrpcTrunkLink::GrpcTrunkLink(std::shared_ptr<grpc::Channel> channel, IdGenerator& ids, Handlers handlers)
    : stub_(trunk::v1::CallControl::NewStub(std::move(channel))), ids_(ids), handlers_(std::move(handlers)) {}

void GrpcTrunkLink::Send(const CallRef& call, const std::string& command_id, const Command& command) {
    const std::lock_guard lock(mutex_);
    if (stream_) ToProto(command, Add(call, command_id));
}

void GrpcTrunkLink::SetData(const CallRef& call, const CallData& data) {
    const std::lock_guard lock(mutex_);
    if (stream_) Add(call, ids_.New()).mutable_set_data()->mutable_data()->insert(data.begin(), data.end());
}

trunk::v1::Command& GrpcTrunkLink::Add(const CallRef& call, const std::string& command_id) {
    trunk::v1::Command& command = *unsent_.add_commands();
    command.set_command_id(command_id);
    command.set_call_id(call.call.str());
    command.set_epoch(call.epoch);
    return command;
}

void GrpcTrunkLink::Flush() {
    const std::lock_guard lock(mutex_);
    // A failed write ends the stream, and the next snapshot puts things right.
    if (stream_ && unsent_.commands_size() > 0) (void)stream_->Write(unsent_);
    unsent_.Clear();
}

void GrpcTrunkLink::Start() {
    thread_ = std::thread([this] { Run(); });
}

void GrpcTrunkLink::Stop() {
    {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
        if (context_) context_->TryCancel();
    }
    stopping_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void GrpcTrunkLink::Run() {
    while (true) {
        Serve();
        std::unique_lock lock(mutex_);
        if (stopping_.wait_for(lock, kPause, [&] { return stopped_; })) return;
    }
}

void GrpcTrunkLink::Serve() {
    grpc::ClientContext context;
    context.set_wait_for_ready(true);
    {
        const std::lock_guard lock(mutex_);
        if (stopped_) return;
        context_ = &context;
    }
    const auto stream = stub_->Attach(&context);
    trunk::v1::AttachRequest hello;
    hello.mutable_hello()->set_application("ivr");
    hello.mutable_hello()->set_instance_id(ids_.New());
    if (stream->Write(hello)) {
        {
            const std::lock_guard lock(mutex_);
            stream_ = stream.get();
        }
        trunk::v1::AttachResponse response;
        while (stream->Read(&response)) {
            Handle(response);
            for (const trunk::v1::AttachResponse& later : response.later()) Handle(later);
        }
    }
    {
        const std::lock_guard lock(mutex_);
        stream_ = nullptr;
    }
    const grpc::Status status = stream->Finish();
    const std::lock_guard lock(mutex_);
    context_ = nullptr;
    if (stopped_) return;
    handlers_.state(false);
    log::Warning("link to trunk lost", {{log::kReason, status.error_details()}, {log::kError, status.error_message()}});
}

void GrpcTrunkLink::Handle(const trunk::v1::AttachResponse& response) {
    if (response.has_snapshot()) {
        handlers_.snapshot(FromProto(response.snapshot().calls()), FromProto(response.snapshot().ended_calls()));
        handlers_.state(true);
        log::Info("link to trunk up", {{log::kCount, response.snapshot().calls_size()}});
    } else if (auto event = ivr::FromProto(response)) {
        handlers_.event(CallId{response.call_id()}, std::move(*event));
    }
}

}  // namespace trunkline::ivr

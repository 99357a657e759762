// The telephone in the browser over gRPC.
#include "trunk/adapters/grpc_browser_phones.hpp"

#include "rpc/rpc.hpp"

namespace trunkline::trunk {
namespace {

constexpr size_t kMostDigits = 64;

}  // namespace

grpc::ServerUnaryReactor* GrpcBrowserPhones::Do(grpc::CallbackServerContext* context, std::function<Status()> action) {
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    sip_.Post([reactor, action = std::move(action)] { reactor->Finish(rpc::ToGrpc(action())); });
    return reactor;
}

grpc::ServerWriteReactor<v1::WatchResponse>* GrpcBrowserPhones::Watch(grpc::CallbackServerContext* context,
                                                                      const v1::WatchRequest* request) {
    const std::string phone = request->phone();
    const auto stream = PageStream::Make(context, [this, phone](const std::shared_ptr<PageStream>& gone) {
        sip_.Post([this, phone, gone] { phones_.Unwatch(phone, gone.get()); });
    });
    sip_.Post([this, phone, stream] {
        if (directory_.FindPhone(phone) == nullptr) {
            stream->Close(grpc::Status(grpc::StatusCode::NOT_FOUND, "there is no phone " + phone + "; PutPhone it",
                                       "UNKNOWN_PHONE"));
            return;
        }
        phones_.Watch(phone, stream);
    });
    return stream.get();
}

grpc::ServerUnaryReactor* GrpcBrowserPhones::Connect(grpc::CallbackServerContext* context,
                                                     const v1::ConnectRequest* request, v1::ConnectResponse* response) {
    return Do(context, [this, request, response]() -> Status {
        auto answer = phones_.Connect(request->phone(), request->session_id(), request->sdp_offer());
        if (!answer.ok()) {
            return answer.error();
        }
        response->set_sdp_answer(std::move(*answer));
        return {};
    });
}

grpc::ServerUnaryReactor* GrpcBrowserPhones::AnswerLeg(grpc::CallbackServerContext* context,
                                                       const v1::AnswerLegRequest* request, google::protobuf::Empty*) {
    return Do(context, [this, request] { return phones_.AnswerLeg(request->phone(), LegId(request->leg_id())); });
}

grpc::ServerUnaryReactor* GrpcBrowserPhones::RejectLeg(grpc::CallbackServerContext* context,
                                                       const v1::RejectLegRequest* request, google::protobuf::Empty*) {
    return Do(context, [this, request] { return phones_.RejectLeg(request->phone(), LegId(request->leg_id())); });
}

grpc::ServerUnaryReactor* GrpcBrowserPhones::HangUpLeg(grpc::CallbackServerContext* context,
                                                       const v1::HangUpLegRequest* request, google::protobuf::Empty*) {
    return Do(context, [this, request] { return phones_.HangUpLeg(request->phone(), LegId(request->leg_id())); });
}

grpc::ServerUnaryReactor* GrpcBrowserPhones::HoldLeg(grpc::CallbackServerContext* context,
                                                     const v1::HoldLegRequest* request, google::protobuf::Empty*) {
    return Do(context, [this, request] { return phones_.HoldLeg(request->phone(), LegId(request->leg_id()), true); });
}

grpc::ServerUnaryReactor* GrpcBrowserPhones::ResumeLeg(grpc::CallbackServerContext* context,
                                                       const v1::ResumeLegRequest* request, google::protobuf::Empty*) {
    return Do(context, [this, request] { return phones_.HoldLeg(request->phone(), LegId(request->leg_id()), false); });
}

grpc::ServerUnaryReactor* GrpcBrowserPhones::SendDigits(grpc::CallbackServerContext* context,
                                                        const v1::SendDigitsRequest* request,
                                                        google::protobuf::Empty*) {
    return Do(context, [this, request]() -> Status {
        if (request->digits().size() > kMostDigits) {
            return Error{Code::kInvalidArgument, "INVALID", "at most 64 digits at once"};
        }
        return phones_.SendDigits(request->phone(), LegId(request->leg_id()), request->digits());
    });
}

grpc::ServerUnaryReactor* GrpcBrowserPhones::SetEcho(grpc::CallbackServerContext* context,
                                                     const v1::SetEchoRequest* request, google::protobuf::Empty*) {
    return Do(context, [this, request] { return phones_.SetEcho(request->phone(), request->on()); });
}

}  // namespace trunkline::trunk

// trunkline.trunk.v1.BrowserPhones. Nothing here blocks: every question is put to the SIP thread and answered from
// there.
#pragma once
#include "trunk/adapters/page_stream.hpp"
#include "trunk/adapters/sip_thread.hpp"
#include "trunk/app/browser_phones.hpp"
#include "trunk/domain/directory.hpp"

namespace trunkline::trunk {

class GrpcBrowserPhones final : public v1::BrowserPhones::CallbackService {
 public:
    // The directory and the phones belong to the SIP thread.
    GrpcBrowserPhones(SipThread sip, const Directory& directory, BrowserPhones& phones)
        : sip_(sip), directory_(directory), phones_(phones) {}

    grpc::ServerWriteReactor<v1::WatchResponse>* Watch(grpc::CallbackServerContext* context,
                                                       const v1::WatchRequest* request) override;
    grpc::ServerUnaryReactor* Connect(grpc::CallbackServerContext* context, const v1::ConnectRequest* request,
                                      v1::ConnectResponse* response) override;
    grpc::ServerUnaryReactor* AnswerLeg(grpc::CallbackServerContext* context, const v1::AnswerLegRequest* request,
                                        google::protobuf::Empty*) override;
    grpc::ServerUnaryReactor* RejectLeg(grpc::CallbackServerContext* context, const v1::RejectLegRequest* request,
                                        google::protobuf::Empty*) override;
    grpc::ServerUnaryReactor* HangUpLeg(grpc::CallbackServerContext* context, const v1::HangUpLegRequest* request,
                                        google::protobuf::Empty*) override;
    grpc::ServerUnaryReactor* HoldLeg(grpc::CallbackServerContext* context, const v1::HoldLegRequest* request,
                                      google::protobuf::Empty*) override;
    grpc::ServerUnaryReactor* ResumeLeg(grpc::CallbackServerContext* context, const v1::ResumeLegRequest* request,
                                        google::protobuf::Empty*) override;
    grpc::ServerUnaryReactor* SendDigits(grpc::CallbackServerContext* context, const v1::SendDigitsRequest* request,
                                         google::protobuf::Empty*) override;
    grpc::ServerUnaryReactor* SetEcho(grpc::CallbackServerContext* context, const v1::SetEchoRequest* request,
                                      google::protobuf::Empty*) override;

 private:
    // Request and response live until the reactor is finished, so `action` may use them.
    grpc::ServerUnaryReactor* Do(grpc::CallbackServerContext* context, std::function<Status()> action);

    SipThread sip_;
    const Directory& directory_;
    BrowserPhones& phones_;
};

}  // namespace trunkline::trunk

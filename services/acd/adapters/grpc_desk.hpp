// trunkline.acd.v1.Desk and Supervision: call control.
#pragma once
#include "acd/adapters/desk.hpp"
#include "ids/ids.hpp"
#include "trunkline/acd/v1/desk.grpc.pb.h"

namespace trunkline::acd {

class GrpcDesk final : public v1::Desk::Service {
 public:
    GrpcDesk(Desk& desk, IdGenerator& ids) : desk_(desk), ids_(ids) {}

    grpc::Status GetConversation(grpc::ServerContext* context, const v1::GetConversationRequest* request,
                                 v1::Conversation* response) override;
    grpc::Status Hold(grpc::ServerContext* context, const v1::HoldRequest* request,
                      v1::Conversation* response) override;
    grpc::Status Resume(grpc::ServerContext* context, const v1::ResumeRequest* request,
                        v1::Conversation* response) override;
    grpc::Status Mute(grpc::ServerContext* context, const v1::MuteRequest* request,
                      v1::Conversation* response) override;
    grpc::Status HangUp(grpc::ServerContext* context, const v1::HangUpRequest* request,
                        v1::Conversation* response) override;
    grpc::Status Transfer(grpc::ServerContext* context, const v1::TransferRequest* request,
                          v1::Conversation* response) override;
    grpc::Status Consult(grpc::ServerContext* context, const v1::ConsultRequest* request,
                         v1::Conversation* response) override;
    grpc::Status Return(grpc::ServerContext* context, const v1::ReturnRequest* request,
                        v1::Conversation* response) override;
    grpc::Status Swap(grpc::ServerContext* context, const v1::SwapRequest* request,
                      v1::Conversation* response) override;
    grpc::Status Complete(grpc::ServerContext* context, const v1::CompleteRequest* request,
                          v1::Conversation* response) override;
    grpc::Status Join(grpc::ServerContext* context, const v1::JoinRequest* request,
                      v1::Conversation* response) override;
    grpc::Status DropParty(grpc::ServerContext* context, const v1::DropPartyRequest* request,
                           v1::Conversation* response) override;
    grpc::Status DialOut(grpc::ServerContext* context, const v1::DialOutRequest* request,
                         v1::Conversation* response) override;
    grpc::Status SendDigits(grpc::ServerContext* context, const v1::SendDigitsRequest* request,
                            v1::Conversation* response) override;
    grpc::Status Park(grpc::ServerContext* context, const v1::ParkRequest* request,
                      v1::Conversation* response) override;
    grpc::Status PickUp(grpc::ServerContext* context, const v1::PickUpRequest* request,
                        v1::Conversation* response) override;
    grpc::Status Move(grpc::ServerContext* context, const v1::MoveRequest* request,
                      v1::Conversation* response) override;
    grpc::Status PauseRecording(grpc::ServerContext* context, const v1::PauseRecordingRequest* request,
                                v1::Conversation* response) override;

 private:
    grpc::Status Ask(AgentAsked asked, v1::Conversation* response);

    Desk& desk_;
    IdGenerator& ids_;
};

class GrpcSupervision final : public v1::Supervision::Service {
 public:
    // `stored` waits a moment until everything told so far is on disk; false when it is not.
    GrpcSupervision(Desk& desk, std::function<bool()> stored) : desk_(desk), stored_(std::move(stored)) {}

    grpc::Status Listen(grpc::ServerContext* context, const v1::SuperviseRequest* request,
                        v1::Conversation* response) override;
    grpc::Status Whisper(grpc::ServerContext* context, const v1::SuperviseRequest* request,
                         v1::Conversation* response) override;
    grpc::Status Barge(grpc::ServerContext* context, const v1::SuperviseRequest* request,
                       v1::Conversation* response) override;
    grpc::Status TakeOver(grpc::ServerContext* context, const v1::SuperviseRequest* request,
                          v1::Conversation* response) override;
    grpc::Status Leave(grpc::ServerContext* context, const v1::SuperviseRequest* request,
                       v1::Conversation* response) override;
    grpc::Status ForceHangUp(grpc::ServerContext* context, const v1::SuperviseRequest* request,
                             v1::Conversation* response) override;
    grpc::Status ForceLogOut(grpc::ServerContext* context, const v1::SuperviseRequest* request,
                             v1::Conversation* response) override;
    grpc::Status ForceState(grpc::ServerContext* context, const v1::ForceStateRequest* request,
                            v1::Conversation* response) override;

 private:
    grpc::Status Act(const grpc::ServerContext& context, SupervisorAsked asked, v1::Conversation* response);

    Desk& desk_;
    std::function<bool()> stored_;
};

}  // namespace trunkline::acd

// Requests about conversations: asked of the router, answered with how the conversation stands.
#include "acd/adapters/grpc_desk.hpp"

#include "acd/adapters/conversation_messages.hpp"
#include "rpc/rpc.hpp"

namespace trunkline::acd {

grpc::Status GrpcDesk::Ask(AgentAsked asked, v1::Conversation* response) {
    const AgentId agent = asked.agent;
    if (const Status done = desk_.Request(std::move(asked)); !done.ok()) {
        return rpc::ToGrpc(done);
    }
    return ShowConversation(desk_, agent, *response);
}

grpc::Status GrpcDesk::GetConversation(grpc::ServerContext* /*context*/, const v1::GetConversationRequest* request,
                                       v1::Conversation* response) {
    return ShowConversation(desk_, AgentId(request->agent_id()), *response);
}

grpc::Status GrpcDesk::Hold(grpc::ServerContext* /*context*/, const v1::HoldRequest* request,
                            v1::Conversation* response) {
    return Ask({AgentId(request->agent_id()), ask::Hold{true}}, response);
}

grpc::Status GrpcDesk::Resume(grpc::ServerContext* /*context*/, const v1::ResumeRequest* request,
                              v1::Conversation* response) {
    return Ask({AgentId(request->agent_id()), ask::Hold{false}}, response);
}

grpc::Status GrpcDesk::Mute(grpc::ServerContext* /*context*/, const v1::MuteRequest* request,
                            v1::Conversation* response) {
    return Ask({AgentId(request->agent_id()), ask::Mute{request->muted()}}, response);
}

grpc::Status GrpcDesk::HangUp(grpc::ServerContext* /*context*/, const v1::HangUpRequest* request,
                              v1::Conversation* response) {
    return Ask({AgentId(request->agent_id()), ask::HangUp{}}, response);
}

grpc::Status GrpcDesk::Transfer(grpc::ServerContext* /*context*/, const v1::TransferRequest* request,
                                v1::Conversation* response) {
    const auto to = TargetOf(request->to());
    return to.ok() ? Ask({AgentId(request->agent_id()), ask::Transfer{*to}}, response) : rpc::ToGrpc(to.error());
}

grpc::Status GrpcDesk::Consult(grpc::ServerContext* /*context*/, const v1::ConsultRequest* request,
                               v1::Conversation* response) {
    const auto to = TargetOf(request->to());
    return to.ok() ? Ask({AgentId(request->agent_id()), ask::Consult{*to}}, response) : rpc::ToGrpc(to.error());
}

grpc::Status GrpcDesk::Return(grpc::ServerContext* /*context*/, const v1::ReturnRequest* request,
                              v1::Conversation* response) {
    return Ask({AgentId(request->agent_id()), ask::Return{}}, response);
}

grpc::Status GrpcDesk::Swap(grpc::ServerContext* /*context*/, const v1::SwapRequest* request,
                            v1::Conversation* response) {
    return Ask({AgentId(request->agent_id()), ask::Swap{}}, response);
}

grpc::Status GrpcDesk::Complete(grpc::ServerContext* /*context*/, const v1::CompleteRequest* request,
                                v1::Conversation* response) {
    return Ask({AgentId(request->agent_id()), ask::Complete{}}, response);
}

grpc::Status GrpcDesk::Join(grpc::ServerContext* /*context*/, const v1::JoinRequest* request,
                            v1::Conversation* response) {
    return Ask({AgentId(request->agent_id()), ask::Join{}}, response);
}

grpc::Status GrpcDesk::Park(grpc::ServerContext* /*context*/, const v1::ParkRequest* request,
                            v1::Conversation* response) {
    return Ask({AgentId(request->agent_id()), ask::Park{}}, response);
}

grpc::Status GrpcDesk::DropParty(grpc::ServerContext* /*context*/, const v1::DropPartyRequest* request,
                                 v1::Conversation* response) {
    return Ask({AgentId(request->agent_id()), ask::Drop{LegId(request->leg_id())}}, response);
}

grpc::Status GrpcDesk::DialOut(grpc::ServerContext* /*context*/, const v1::DialOutRequest* request,
                               v1::Conversation* response) {
    return Ask({AgentId(request->agent_id()), ask::DialOut{request->number(), QueueId(request->queue_id()),
                                                           ContactId(ids_.New()), CallId(ids_.New())}},
               response);
}

grpc::Status GrpcDesk::SendDigits(grpc::ServerContext* /*context*/, const v1::SendDigitsRequest* request,
                                  v1::Conversation* response) {
    return Ask({AgentId(request->agent_id()), ask::SendDigits{request->digits()}}, response);
}

grpc::Status GrpcDesk::PickUp(grpc::ServerContext* /*context*/, const v1::PickUpRequest* request,
                              v1::Conversation* response) {
    return Ask({AgentId(request->agent_id()), ask::PickUp{ContactId(request->contact_id())}}, response);
}

grpc::Status GrpcDesk::Move(grpc::ServerContext* /*context*/, const v1::MoveRequest* request,
                            v1::Conversation* response) {
    const auto to = TargetOf(request->to());
    return to.ok() ? Ask({AgentId(request->agent_id()), ask::MoveTo{*to}}, response) : rpc::ToGrpc(to.error());
}

grpc::Status GrpcDesk::PauseRecording(grpc::ServerContext* /*context*/, const v1::PauseRecordingRequest* request,
                                      v1::Conversation* response) {
    return Ask({AgentId(request->agent_id()), ask::PauseRecording{request->paused()}}, response);
}

}  // namespace trunkline::acd

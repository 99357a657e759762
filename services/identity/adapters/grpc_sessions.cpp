// Requests in, sessions out.
#include "identity/adapters/grpc_sessions.hpp"

#include "identity/adapters/identity_codec.hpp"
#include "rpc/rpc.hpp"

namespace trunkline::identity {

grpc::Status GrpcSessions::OpenSession(grpc::ServerContext*, const v1::OpenSessionRequest* request,
                                       v1::OpenSessionResponse* response) {
    const auto opened = door_.Open({request->login_name(), request->password(), request->totp_code(),
                                    request->client_address(), request->user_agent()});
    if (!opened.ok()) {
        return rpc::ToGrpc(opened.error());
    }
    response->set_token(opened->token);
    *response->mutable_identity() = ToProto(opened->identified);
    return grpc::Status::OK;
}

grpc::Status GrpcSessions::CheckSession(grpc::ServerContext*, const v1::CheckSessionRequest* request,
                                        v1::Identity* response) {
    const auto identified = door_.Check(request->token());
    if (!identified.ok()) {
        return rpc::ToGrpc(identified.error());
    }
    *response = ToProto(*identified);
    return grpc::Status::OK;
}

grpc::Status GrpcSessions::CloseSession(grpc::ServerContext*, const v1::CloseSessionRequest* request,
                                        google::protobuf::Empty*) {
    return rpc::ToGrpc(door_.Close(request->token()));
}

grpc::Status GrpcAccount::ChangePassword(grpc::ServerContext* context, const v1::ChangePasswordRequest* request,
                                         google::protobuf::Empty*) {
    return rpc::ToGrpc(account_.ChangePassword(ActorOf(*context), request->old_password(), request->new_password()));
}

grpc::Status GrpcAccount::SetLanguage(grpc::ServerContext* context, const v1::SetLanguageRequest* request,
                                      v1::User* response) {
    const auto user = account_.SetLanguage(ActorOf(*context), request->language());
    if (!user.ok()) {
        return rpc::ToGrpc(user.error());
    }
    *response = ToProto(*user);
    return grpc::Status::OK;
}

grpc::Status GrpcAccount::BeginTotp(grpc::ServerContext* context, const google::protobuf::Empty*,
                                    v1::BeginTotpResponse* response) {
    const auto offer = account_.BeginTotp(ActorOf(*context));
    if (!offer.ok()) {
        return rpc::ToGrpc(offer.error());
    }
    response->set_secret(offer->secret);
    response->set_uri(offer->uri);
    return grpc::Status::OK;
}

grpc::Status GrpcAccount::ConfirmTotp(grpc::ServerContext* context, const v1::ConfirmTotpRequest* request,
                                      google::protobuf::Empty*) {
    return rpc::ToGrpc(account_.ConfirmTotp(ActorOf(*context), request->code()));
}

grpc::Status GrpcAccount::RemoveTotp(grpc::ServerContext* context, const v1::RemoveTotpRequest* request,
                                     google::protobuf::Empty*) {
    return rpc::ToGrpc(account_.RemoveTotp(ActorOf(*context), request->password()));
}

grpc::Status GrpcAccount::ListOwnSessions(grpc::ServerContext* context, const google::protobuf::Empty*,
                                          v1::ListSessionsResponse* response) {
    const auto sessions = account_.ListSessions(ActorOf(*context));
    if (!sessions.ok()) {
        return rpc::ToGrpc(sessions.error());
    }
    for (const Session& session : *sessions) {
        *response->add_sessions() = ToProto(session);
    }
    return grpc::Status::OK;
}

grpc::Status GrpcAccount::EndOwnSessions(grpc::ServerContext* context, const v1::EndOwnSessionsRequest* request,
                                         google::protobuf::Empty*) {
    return rpc::ToGrpc(account_.EndSessions(ActorOf(*context), request->session_id()));
}

}  // namespace trunkline::identity

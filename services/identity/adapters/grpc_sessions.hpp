// The APIs Sessions (for the gateway) and Account (one's own).
#pragma once
#include "identity/app/own_account.hpp"
#include "trunkline/identity/v1/identity.grpc.pb.h"

namespace trunkline::identity {

class GrpcSessions final : public v1::Sessions::Service {
 public:
    explicit GrpcSessions(FrontDoor& door) : door_(door) {}

    grpc::Status OpenSession(grpc::ServerContext* context, const v1::OpenSessionRequest* request,
                             v1::OpenSessionResponse* response) override;
    grpc::Status CheckSession(grpc::ServerContext* context, const v1::CheckSessionRequest* request,
                              v1::Identity* response) override;
    grpc::Status CloseSession(grpc::ServerContext* context, const v1::CloseSessionRequest* request,
                              google::protobuf::Empty* response) override;

 private:
    FrontDoor& door_;
};

class GrpcAccount final : public v1::Account::Service {
 public:
    explicit GrpcAccount(OwnAccount& account) : account_(account) {}

    grpc::Status ChangePassword(grpc::ServerContext* context, const v1::ChangePasswordRequest* request,
                                google::protobuf::Empty* response) override;
    grpc::Status SetLanguage(grpc::ServerContext* context, const v1::SetLanguageRequest* request,
                             v1::User* response) override;
    grpc::Status BeginTotp(grpc::ServerContext* context, const google::protobuf::Empty* request,
                           v1::BeginTotpResponse* response) override;
    grpc::Status ConfirmTotp(grpc::ServerContext* context, const v1::ConfirmTotpRequest* request,
                             google::protobuf::Empty* response) override;
    grpc::Status RemoveTotp(grpc::ServerContext* context, const v1::RemoveTotpRequest* request,
                            google::protobuf::Empty* response) override;
    grpc::Status ListOwnSessions(grpc::ServerContext* context, const google::protobuf::Empty* request,
                                 v1::ListSessionsResponse* response) override;
    grpc::Status EndOwnSessions(grpc::ServerContext* context, const v1::EndOwnSessionsRequest* request,
                                google::protobuf::Empty* response) override;

 private:
    OwnAccount& account_;
};

}  // namespace trunkline::identity

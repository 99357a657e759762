// The APIs Users, Roles, Units and Audit.
#pragma once
#include "identity/app/administration.hpp"
#include "trunkline/identity/v1/identity.grpc.pb.h"

namespace trunkline::identity {

class GrpcUsers final : public v1::Users::Service {
 public:
    GrpcUsers(Administration& administration, Store& store) : administration_(administration), store_(store) {}

    grpc::Status ListUsers(grpc::ServerContext* context, const v1::ListUsersRequest* request,
                           v1::ListUsersResponse* response) override;
    grpc::Status GetUser(grpc::ServerContext* context, const v1::GetUserRequest* request, v1::User* response) override;
    grpc::Status PutUser(grpc::ServerContext* context, const v1::PutUserRequest* request,
                         v1::PutUserResponse* response) override;
    grpc::Status DeleteUser(grpc::ServerContext* context, const v1::DeleteUserRequest* request,
                            google::protobuf::Empty* response) override;
    grpc::Status ResetPassword(grpc::ServerContext* context, const v1::ResetPasswordRequest* request,
                               v1::ResetPasswordResponse* response) override;
    grpc::Status ListSessions(grpc::ServerContext* context, const v1::ListSessionsRequest* request,
                              v1::ListSessionsResponse* response) override;
    grpc::Status RevokeSessions(grpc::ServerContext* context, const v1::RevokeSessionsRequest* request,
                                google::protobuf::Empty* response) override;

 private:
    Administration& administration_;
    Store& store_;
};

class GrpcRoles final : public v1::Roles::Service {
 public:
    GrpcRoles(Administration& administration, Store& store, std::set<std::string> known)
        : administration_(administration), store_(store), known_(std::move(known)) {}

    grpc::Status ListRoles(grpc::ServerContext* context, const google::protobuf::Empty* request,
                           v1::ListRolesResponse* response) override;
    grpc::Status PutRole(grpc::ServerContext* context, const v1::PutRoleRequest* request, v1::Role* response) override;
    grpc::Status DeleteRole(grpc::ServerContext* context, const v1::DeleteRoleRequest* request,
                            google::protobuf::Empty* response) override;
    grpc::Status ListRights(grpc::ServerContext* context, const google::protobuf::Empty* request,
                            v1::ListRightsResponse* response) override;

 private:
    Administration& administration_;
    Store& store_;
    const std::set<std::string> known_;
};

class GrpcUnits final : public v1::Units::Service {
 public:
    GrpcUnits(Administration& administration, Store& store) : administration_(administration), store_(store) {}

    grpc::Status ListUnits(grpc::ServerContext* context, const google::protobuf::Empty* request,
                           v1::ListUnitsResponse* response) override;
    grpc::Status PutUnit(grpc::ServerContext* context, const v1::PutUnitRequest* request, v1::Unit* response) override;
    grpc::Status DeleteUnit(grpc::ServerContext* context, const v1::DeleteUnitRequest* request,
                            google::protobuf::Empty* response) override;

 private:
    Administration& administration_;
    Store& store_;
};

class GrpcAudit final : public v1::Audit::Service {
 public:
    explicit GrpcAudit(Store& store) : store_(store) {}

    grpc::Status ListEntries(grpc::ServerContext* context, const v1::ListEntriesRequest* request,
                             v1::ListEntriesResponse* response) override;

 private:
    Store& store_;
};

}  // namespace trunkline::identity

// Requests of administrators in, records out.
#include "identity/adapters/grpc_administration.hpp"

#include <google/protobuf/util/time_util.h>

#include <charconv>

#include "identity/adapters/identity_codec.hpp"
#include "identity/adapters/known_rights.hpp"
#include "identity/domain/words.hpp"
#include "rpc/rpc.hpp"
#include "versions/versions.hpp"

namespace trunkline::identity {
namespace {

constexpr int kPageDefault = 100;
constexpr int kPageLimit = 500;

Result<int> PageSize(uint32_t wanted) {
    if (wanted > kPageLimit) {
        return Error{Code::kInvalidArgument, "BAD_FIELD", "page_size must not be above 500"};
    }
    return wanted == 0 ? kPageDefault : static_cast<int>(wanted);
}

TimePoint FromTimestamp(const google::protobuf::Timestamp& time) {
    return FromUnixMillis(google::protobuf::util::TimeUtil::TimestampToMilliseconds(time));
}

}  // namespace

grpc::Status GrpcUsers::ListUsers(grpc::ServerContext*, const v1::ListUsersRequest* request,
                                  v1::ListUsersResponse* response) {
    const auto limit = PageSize(request->page_size());
    if (!limit.ok()) {
        return rpc::ToGrpc(limit.error());
    }
    const UserFilter filter{request->unit_id(), request->role_id(), Lower(request->search()), *limit,
                            request->page_token()};
    return rpc::ToGrpc(store_.Run([&](Records& records) -> Status {
        const UserPage page = records.users.List(filter);
        for (const User& user : page.users) {
            *response->add_users() = ToProto(user);
        }
        response->set_next_page_token(page.next);
        return {};
    }));
}

grpc::Status GrpcUsers::GetUser(grpc::ServerContext*, const v1::GetUserRequest* request, v1::User* response) {
    return rpc::ToGrpc(store_.Run([&](Records& records) -> Status {
        const auto user = records.users.Find(request->user_id());
        if (!user) {
            return Error{Code::kNotFound, "USER_NOT_FOUND", "there is no user " + request->user_id().substr(0, 64)};
        }
        *response = ToProto(*user);
        return {};
    }));
}

grpc::Status GrpcUsers::PutUser(grpc::ServerContext* context, const v1::PutUserRequest* request,
                                v1::PutUserResponse* response) {
    const auto stored = administration_.Put(ActorOf(*context), {FromProto(request->user()), request->password()});
    if (!stored.ok()) {
        return rpc::ToGrpc(stored.error());
    }
    *response->mutable_user() = ToProto(stored->user);
    response->set_one_time_password(stored->one_time_password);
    return grpc::Status::OK;
}

grpc::Status GrpcUsers::DeleteUser(grpc::ServerContext* context, const v1::DeleteUserRequest* request,
                                   google::protobuf::Empty*) {
    return rpc::ToGrpc(administration_.DeleteUser(ActorOf(*context), request->user_id()));
}

grpc::Status GrpcUsers::ResetPassword(grpc::ServerContext* context, const v1::ResetPasswordRequest* request,
                                      v1::ResetPasswordResponse* response) {
    const auto password = administration_.ResetPassword(ActorOf(*context), request->user_id(), request->remove_totp());
    if (!password.ok()) {
        return rpc::ToGrpc(password.error());
    }
    response->set_one_time_password(*password);
    return grpc::Status::OK;
}

grpc::Status GrpcUsers::ListSessions(grpc::ServerContext*, const v1::ListSessionsRequest* request,
                                     v1::ListSessionsResponse* response) {
    return rpc::ToGrpc(store_.Run([&](Records& records) -> Status {
        for (const Session& session : records.sessions.List(request->user_id())) {
            *response->add_sessions() = ToProto(session);
        }
        return {};
    }));
}

grpc::Status GrpcUsers::RevokeSessions(grpc::ServerContext* context, const v1::RevokeSessionsRequest* request,
                                       google::protobuf::Empty*) {
    return rpc::ToGrpc(administration_.RevokeSessions(ActorOf(*context), request->user_id(), request->session_id()));
}

grpc::Status GrpcRoles::ListRoles(grpc::ServerContext*, const google::protobuf::Empty*,
                                  v1::ListRolesResponse* response) {
    return rpc::ToGrpc(store_.Run([&](Records& records) -> Status {
        for (const Role& role : records.organisation.Load().roles) {
            *response->add_roles() = ToProto(role, known_);
        }
        return {};
    }));
}

grpc::Status GrpcRoles::PutRole(grpc::ServerContext* context, const v1::PutRoleRequest* request, v1::Role* response) {
    const versions::Author author(context);
    const auto role = administration_.PutRole(ActorOf(*context), FromProto(request->role()));
    if (!role.ok()) {
        return rpc::ToGrpc(role.error());
    }
    *response = ToProto(*role, known_);
    return grpc::Status::OK;
}

grpc::Status GrpcRoles::DeleteRole(grpc::ServerContext* context, const v1::DeleteRoleRequest* request,
                                   google::protobuf::Empty*) {
    const versions::Author author(context);
    return rpc::ToGrpc(administration_.DeleteRole(ActorOf(*context), request->role_id()));
}

grpc::Status GrpcRoles::ListRights(grpc::ServerContext*, const google::protobuf::Empty*,
                                   v1::ListRightsResponse* response) {
    for (const auto& [name, known] : KnownRights()) {
        auto& right = *response->add_rights();
        right.set_right(name);
        right.set_own(known.own);
        right.mutable_methods()->Add(known.methods.begin(), known.methods.end());
    }
    return grpc::Status::OK;
}

grpc::Status GrpcUnits::ListUnits(grpc::ServerContext*, const google::protobuf::Empty*,
                                  v1::ListUnitsResponse* response) {
    return rpc::ToGrpc(store_.Run([&](Records& records) -> Status {
        for (const Unit& unit : records.organisation.Load().units) {
            *response->add_units() = ToProto(unit);
        }
        return {};
    }));
}

grpc::Status GrpcUnits::PutUnit(grpc::ServerContext* context, const v1::PutUnitRequest* request, v1::Unit* response) {
    const versions::Author author(context);
    const v1::Unit& wanted = request->unit();
    const auto unit =
        administration_.PutUnit(ActorOf(*context), {wanted.unit_id(), wanted.title(), wanted.parent_id()});
    if (!unit.ok()) {
        return rpc::ToGrpc(unit.error());
    }
    *response = ToProto(*unit);
    return grpc::Status::OK;
}

grpc::Status GrpcUnits::DeleteUnit(grpc::ServerContext* context, const v1::DeleteUnitRequest* request,
                                   google::protobuf::Empty*) {
    const versions::Author author(context);
    return rpc::ToGrpc(administration_.DeleteUnit(ActorOf(*context), request->unit_id()));
}

grpc::Status GrpcAudit::ListEntries(grpc::ServerContext*, const v1::ListEntriesRequest* request,
                                    v1::ListEntriesResponse* response) {
    const auto limit = PageSize(request->page_size());
    if (!limit.ok()) {
        return rpc::ToGrpc(limit.error());
    }
    AuditFilter filter{request->actor_id(), request->action(), request->target(), {}, {}, *limit, 0};
    if (request->has_from_time()) {
        filter.from = FromTimestamp(request->from_time());
    }
    if (request->has_to_time()) {
        filter.to = FromTimestamp(request->to_time());
    }
    const std::string& token = request->page_token();
    const auto parsed = std::from_chars(token.data(), token.data() + token.size(), filter.before);
    if (!token.empty() && (parsed.ec != std::errc() || parsed.ptr != token.data() + token.size())) {
        return rpc::ToGrpc(Error{Code::kInvalidArgument, "BAD_FIELD", "page_token is not one of ours"});
    }
    return rpc::ToGrpc(store_.Run([&](Records& records) -> Status {
        for (const AuditEntry& entry : records.journal.List(filter)) {
            *response->add_entries() = ToProto(entry);
        }
        if (response->entries_size() == filter.limit) {
            response->set_next_page_token(std::to_string(response->entries(filter.limit - 1).number()));
        }
        return {};
    }));
}

}  // namespace trunkline::identity

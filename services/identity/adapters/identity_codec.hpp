// Identity's nouns as messages, and the caller as an actor.
#pragma once
#include <grpcpp/grpcpp.h>

#include "identity/app/administration.hpp"
#include "trunkline/identity/v1/resources.pb.h"

namespace trunkline::identity {

v1::User ToProto(const User& user);
v1::Session ToProto(const Session& session);
v1::Identity ToProto(const Identified& identified);
v1::Role ToProto(const Role& role, const std::set<std::string>& known);
v1::Unit ToProto(const Unit& unit);
v1::AuditEntry ToProto(const AuditEntry& entry);
User FromProto(const v1::User& user);
Role FromProto(const v1::Role& role);

Actor ActorOf(const grpc::ServerContextBase& context);

}  // namespace trunkline::identity

// Mapping between the domain and the wire.
#include "identity/adapters/identity_codec.hpp"

#include <google/protobuf/util/time_util.h>

#include "rpc/caller.hpp"

namespace trunkline::identity {
namespace {

google::protobuf::Timestamp ToTimestamp(TimePoint time) {
    return google::protobuf::util::TimeUtil::MillisecondsToTimestamp(ToUnixMillis(time));
}

}  // namespace

v1::User ToProto(const User& user) {
    v1::User proto;
    proto.set_user_id(user.id);
    proto.set_login_name(user.login_name);
    proto.set_name(user.name);
    proto.set_agent_id(user.agent);
    proto.set_unit_id(user.unit);
    proto.set_language(user.language);
    proto.set_disabled(user.disabled);
    for (const Assignment& held : user.roles) {
        auto& role = *proto.add_roles();
        role.set_role_id(held.role);
        role.set_unit_id(held.unit);
    }
    proto.set_must_change_password(user.must_change_password);
    proto.set_totp_enabled(!user.totp_secret.empty());
    if (user.last_log_in) {
        *proto.mutable_last_log_in_time() = ToTimestamp(*user.last_log_in);
    }
    *proto.mutable_create_time() = ToTimestamp(user.created);
    proto.set_revision(user.revision);
    return proto;
}

v1::Session ToProto(const Session& session) {
    v1::Session proto;
    proto.set_session_id(session.id);
    proto.set_user_id(session.user);
    proto.set_client_address(session.client_address);
    proto.set_user_agent(session.user_agent);
    *proto.mutable_create_time() = ToTimestamp(session.created);
    *proto.mutable_seen_time() = ToTimestamp(session.seen);
    *proto.mutable_expire_time() = ToTimestamp(session.expires);
    return proto;
}

v1::Identity ToProto(const Identified& identified) {
    v1::Identity proto;
    *proto.mutable_session() = ToProto(identified.session);
    *proto.mutable_user() = ToProto(identified.user);
    for (const std::string& right : identified.rights) {
        proto.add_rights(right);
    }
    proto.set_pending(identified.pending);
    return proto;
}

v1::Role ToProto(const Role& role, const std::set<std::string>& known) {
    v1::Role proto;
    proto.set_role_id(role.id);
    proto.set_title(role.title);
    proto.set_shipped(role.shipped);
    for (const std::string& pattern : role.patterns) {
        proto.add_rights(pattern);
    }
    for (const std::string& right : Expand(role.patterns, known)) {
        proto.add_expanded_rights(right);
    }
    return proto;
}

v1::Unit ToProto(const Unit& unit) {
    v1::Unit proto;
    proto.set_unit_id(unit.id);
    proto.set_title(unit.title);
    proto.set_parent_id(unit.parent);
    return proto;
}

v1::AuditEntry ToProto(const AuditEntry& entry) {
    v1::AuditEntry proto;
    proto.set_number(entry.number);
    *proto.mutable_time() = ToTimestamp(entry.time);
    proto.set_actor_id(entry.actor);
    proto.set_actor_name(entry.actor_name);
    proto.set_action(entry.action);
    proto.set_target(entry.target);
    proto.set_detail(entry.detail);
    proto.set_client_address(entry.client_address);
    return proto;
}

User FromProto(const v1::User& proto) {
    User user;
    user.id = proto.user_id();
    user.login_name = proto.login_name();
    user.name = proto.name();
    user.agent = proto.agent_id();
    user.unit = proto.unit_id();
    user.language = proto.language();
    user.disabled = proto.disabled();
    user.revision = proto.revision();
    for (const auto& held : proto.roles()) {
        user.roles.push_back({held.role_id(), held.unit_id()});
    }
    return user;
}

Role FromProto(const v1::Role& proto) {
    return {proto.role_id(), proto.title(), {proto.rights().begin(), proto.rights().end()}, false};
}

Actor ActorOf(const grpc::ServerContextBase& context) {
    const rpc::Caller caller = rpc::CallerOf(context);
    Actor actor;
    if (!caller.IsUser()) {
        return actor;
    }
    actor.user = caller.user_id;
    actor.name = caller.user_name;
    actor.session = caller.session_id;
    actor.client_address = caller.client_address;
    for (const std::string& right : caller.rights) {
        const auto scoped = caller.units_of.find(right);
        if (scoped == caller.units_of.end()) {
            actor.rights.insert(right);
            continue;
        }
        for (const std::string& unit : scoped->second) {
            actor.rights.insert(right + "@" + unit);
        }
    }
    return actor;
}

}  // namespace trunkline::identity

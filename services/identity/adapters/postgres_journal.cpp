// The audit log and the outbox.
#include "identity/adapters/postgres_store.hpp"
#include "trunkline/identity/v1/events.pb.h"

namespace trunkline::identity {
namespace {

constexpr const char* kInsert =
    "INSERT INTO audit (time, actor_id, actor_name, action, target, detail, client_address) "
    "VALUES (to_timestamp($1 / 1000.0), $2, $3, $4, $5, $6, $7)";
constexpr const char* kList =
    "SELECT number, (extract(epoch FROM time) * 1000)::bigint, actor_id, actor_name, action, target, detail, "
    "client_address FROM audit WHERE ($1 = '' OR actor_id = $1) AND ($2 = '' OR action = $2) "
    "AND ($3 = '' OR target = $3) AND ($4::bigint IS NULL OR time >= to_timestamp($4 / 1000.0)) "
    "AND ($5::bigint IS NULL OR time < to_timestamp($5 / 1000.0)) AND ($6 = 0 OR number < $6) "
    "ORDER BY number DESC LIMIT $7";

std::optional<int64_t> Millis(const std::optional<TimePoint>& time) {
    return time ? std::optional(ToUnixMillis(*time)) : std::nullopt;
}

}  // namespace

void PostgresJournal::Audit(const AuditEntry& entry) {
    transaction_.exec_params(kInsert, ToUnixMillis(entry.time), entry.actor, entry.actor_name, entry.action,
                             entry.target, entry.detail, entry.client_address);
}

std::vector<AuditEntry> PostgresJournal::List(const AuditFilter& filter) {
    std::vector<AuditEntry> entries;
    for (const auto& row :
         transaction_.exec_params(kList, filter.actor, filter.action, filter.target, Millis(filter.from),
                                  Millis(filter.to), filter.before, filter.limit)) {
        entries.push_back({row[0].as<uint64_t>(), FromUnixMillis(row[1].as<int64_t>()), row[2].as<std::string>(),
                           row[3].as<std::string>(), row[4].as<std::string>(), row[5].as<std::string>(),
                           row[6].as<std::string>(), row[7].as<std::string>()});
    }
    return entries;
}

void PostgresJournal::UserChanged(const User& user, const std::string& change, TimePoint now) {
    v1::UserChanged event;
    event.set_user_id(user.id);
    event.set_login_name(user.login_name);
    event.set_change(change);
    const std::string identity = user.id + "/" + std::to_string(user.revision) + "/" + change;
    bus::Append(transaction_, {bus::MakeEvent(event, user.id, identity, now)});
}

void PostgresJournal::RoleChanged(const std::string& role, bool deleted, TimePoint now) {
    v1::RoleChanged event;
    event.set_role_id(role);
    event.set_deleted(deleted);
    const std::string identity = role + "/" + std::to_string(now.time_since_epoch().count());
    bus::Append(transaction_, {bus::MakeEvent(event, role, identity, now)});
}

void PostgresJournal::UnitChanged(const std::string& unit, bool deleted, TimePoint now) {
    v1::UnitChanged event;
    event.set_unit_id(unit);
    event.set_deleted(deleted);
    const std::string identity = unit + "/" + std::to_string(now.time_since_epoch().count());
    bus::Append(transaction_, {bus::MakeEvent(event, unit, identity, now)});
}

void PostgresJournal::SessionOpened(const Session& session, const std::string& agent, TimePoint now) {
    v1::SessionOpened event;
    event.set_session_id(session.id);
    event.set_user_id(session.user);
    event.set_agent_id(agent);
    bus::Append(transaction_, {bus::MakeEvent(event, session.user, session.id, now)});
}

void PostgresJournal::SessionEnded(const Session& session, const std::string& agent, const std::string& reason,
                                   TimePoint now) {
    v1::SessionEnded event;
    event.set_session_id(session.id);
    event.set_user_id(session.user);
    event.set_agent_id(agent);
    event.set_reason(reason);
    bus::Append(transaction_, {bus::MakeEvent(event, session.user, session.id, now)});
}

}  // namespace trunkline::identity

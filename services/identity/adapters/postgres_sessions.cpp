// Sessions; of a token only the hash is kept.
#include "identity/adapters/postgres_store.hpp"

namespace trunkline::identity {
namespace {

constexpr const char* kSelect =
    "SELECT session_id, user_id, client_address, user_agent, (extract(epoch FROM create_time) * 1000)::bigint, "
    "(extract(epoch FROM seen_time) * 1000)::bigint, (extract(epoch FROM expire_time) * 1000)::bigint FROM session ";
constexpr const char* kByHash = "WHERE token_hash = $1";
constexpr const char* kById = "WHERE session_id::text = $1";
constexpr const char* kByUser = "WHERE ($1 = '' OR user_id::text = $1) ORDER BY create_time DESC LIMIT 1000";
constexpr const char* kInsert =
    "INSERT INTO session VALUES ($1, $2, $3, $4, $5, to_timestamp($6 / 1000.0), to_timestamp($7 / 1000.0), "
    "to_timestamp($8 / 1000.0))";
constexpr const char* kTouch =
    "UPDATE session SET seen_time = greatest(seen_time, to_timestamp($2 / 1000.0)) WHERE session_id = $1";
constexpr const char* kDelete = "DELETE FROM session WHERE session_id = $1";
constexpr const char* kDeleteDead =
    "DELETE FROM session WHERE expire_time < to_timestamp($1 / 1000.0) OR seen_time < to_timestamp($2 / 1000.0)";

Session ReadSession(const pqxx::row& row) {
    return {row[0].as<std::string>(),
            row[1].as<std::string>(),
            row[2].as<std::string>(),
            row[3].as<std::string>(),
            FromUnixMillis(row[4].as<int64_t>()),
            FromUnixMillis(row[5].as<int64_t>()),
            FromUnixMillis(row[6].as<int64_t>())};
}

std::optional<Session> First(const pqxx::result& rows) {
    return rows.empty() ? std::nullopt : std::optional(ReadSession(rows[0]));
}

}  // namespace

void PostgresSessions::Insert(const Session& session, const std::string& token_hash) {
    transaction_.exec_params(kInsert, session.id, pqxx::binarystring(token_hash), session.user, session.client_address,
                             session.user_agent, ToUnixMillis(session.created), ToUnixMillis(session.seen),
                             ToUnixMillis(session.expires));
}

std::optional<Session> PostgresSessions::FindByHash(const std::string& token_hash) {
    return First(transaction_.exec_params(std::string(kSelect) + kByHash, pqxx::binarystring(token_hash)));
}

std::optional<Session> PostgresSessions::Find(const std::string& id) {
    return First(transaction_.exec_params(std::string(kSelect) + kById, id));
}

void PostgresSessions::Touch(const std::string& id, TimePoint seen) {
    transaction_.exec_params(kTouch, id, ToUnixMillis(seen));
}

void PostgresSessions::Delete(const std::string& id) { transaction_.exec_params(kDelete, id); }

std::vector<Session> PostgresSessions::List(const std::string& user) {
    std::vector<Session> sessions;
    for (const auto& row : transaction_.exec_params(std::string(kSelect) + kByUser, user)) {
        sessions.push_back(ReadSession(row));
    }
    return sessions;
}

void PostgresSessions::DeleteDead(TimePoint now, const SessionLimits& limits) {
    transaction_.exec_params(kDeleteDead, ToUnixMillis(now), ToUnixMillis(now - limits.idle));
}

}  // namespace trunkline::identity

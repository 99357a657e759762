// Users, their roles, and the wrong attempts under their names.
#include "db/pool.hpp"
#include "identity/adapters/postgres_store.hpp"

namespace trunkline::identity {
namespace {

constexpr const char* kSelect =
    "SELECT user_id, login_name, name, agent_id, coalesce(unit_id, '') AS unit, language, disabled, "
    "(extract(epoch FROM create_time) * 1000)::bigint AS created, "
    "(extract(epoch FROM last_log_in_time) * 1000)::bigint AS seen, revision, password_hash, must_change_password, "
    "totp_secret, totp_offered, totp_step, "
    "(SELECT coalesce(string_agg(role_id || '@' || coalesce(assignment.unit_id, ''), ' ' ORDER BY role_id), '') "
    " FROM assignment WHERE assignment.user_id = account.user_id) AS roles FROM account ";
constexpr const char* kFind = "WHERE user_id::text = $1 OR login_name = $1 FOR UPDATE";
constexpr const char* kPage =
    "WHERE ($1 = '' OR unit_id = $1) AND login_name > $4 "
    "AND ($2 = '' OR EXISTS (SELECT FROM assignment WHERE assignment.user_id = account.user_id AND role_id = $2)) "
    "AND ($3 = '' OR strpos(login_name, $3) > 0 OR strpos(lower(name), $3) > 0 OR strpos(agent_id, $3) > 0) "
    "ORDER BY login_name LIMIT $5";
constexpr const char* kSave =
    "INSERT INTO account VALUES ($1, $2, $3, $4, nullif($5, ''), $6, $7, to_timestamp($8 / 1000.0), "
    "to_timestamp($9 / 1000.0), $10, $11, $12, $13, $14, $15) ON CONFLICT (user_id) DO UPDATE SET "
    "login_name = $2, name = $3, agent_id = $4, unit_id = nullif($5, ''), language = $6, disabled = $7, "
    "last_log_in_time = to_timestamp($9 / 1000.0), revision = $10, password_hash = $11, must_change_password = $12, "
    "totp_secret = $13, totp_offered = $14, totp_step = $15";
constexpr const char* kDeleteRoles = "DELETE FROM assignment WHERE user_id = $1";
constexpr const char* kInsertRole = "INSERT INTO assignment VALUES ($1, $2, nullif($3, ''))";
constexpr const char* kDelete = "DELETE FROM account WHERE user_id = $1";
constexpr const char* kAttempts =
    "SELECT failures, (extract(epoch FROM last_time) * 1000)::bigint FROM attempt WHERE login_name = $1 FOR UPDATE";
constexpr const char* kSaveAttempts =
    "INSERT INTO attempt VALUES ($1, $2, to_timestamp($3 / 1000.0)) ON CONFLICT (login_name) DO UPDATE SET "
    "failures = $2, last_time = to_timestamp($3 / 1000.0)";
constexpr const char* kDeleteAttempts = "DELETE FROM attempt WHERE login_name = $1";
// Names that do not exist leave rows too, so old ones go.
constexpr const char* kForgetAttempts =
    "DELETE FROM attempt WHERE login_name IN (SELECT login_name FROM attempt "
    "WHERE last_time < to_timestamp($1 / 1000.0) - interval '2 hours' ORDER BY last_time LIMIT 20)";
// Attempts under one name are counted one after the other, also the first.
constexpr const char* kLockName = "SELECT pg_advisory_xact_lock(hashtextextended('attempt/' || $1, 0))";

std::vector<Assignment> ReadRoles(const std::string& text) {
    std::vector<Assignment> roles;
    for (size_t start = 0; start < text.size();) {
        const size_t end = std::min(text.find(' ', start), text.size());
        const std::string entry = text.substr(start, end - start);
        const size_t at = entry.find('@');
        roles.push_back({entry.substr(0, at), entry.substr(at + 1)});
        start = end + 1;
    }
    return roles;
}

User ReadUser(const pqxx::row& row, const TotpVault& vault) {
    User user;
    user.id = row["user_id"].as<std::string>();
    user.login_name = row["login_name"].as<std::string>();
    user.name = row["name"].as<std::string>();
    user.agent = row["agent_id"].as<std::string>();
    user.unit = row["unit"].as<std::string>();
    user.language = row["language"].as<std::string>();
    user.disabled = row["disabled"].as<bool>();
    user.roles = ReadRoles(row["roles"].as<std::string>());
    user.created = FromUnixMillis(row["created"].as<int64_t>());
    if (!row["seen"].is_null()) {
        user.last_log_in = FromUnixMillis(row["seen"].as<int64_t>());
    }
    user.revision = row["revision"].as<uint64_t>();
    user.password_hash = row["password_hash"].as<std::string>();
    user.must_change_password = row["must_change_password"].as<bool>();
    user.totp_secret = vault.Open(pqxx::binarystring(row["totp_secret"]).str(), user.id);
    user.totp_offered = vault.Open(pqxx::binarystring(row["totp_offered"]).str(), user.id);
    user.totp_step = row["totp_step"].as<int64_t>();
    return user;
}

}  // namespace

std::optional<User> PostgresUsers::Find(const std::string& id_or_login_name) {
    const auto rows = transaction_.exec_params(std::string(kSelect) + kFind, id_or_login_name);
    return rows.empty() ? std::nullopt : std::optional(ReadUser(rows[0], vault_));
}

void PostgresUsers::Save(const User& user) {
    std::optional<int64_t> seen;
    if (user.last_log_in) {
        seen = ToUnixMillis(*user.last_log_in);
    }
    try {
        transaction_.exec_params(kSave, user.id, user.login_name, user.name, user.agent, user.unit, user.language,
                                 user.disabled, ToUnixMillis(user.created), seen, user.revision, user.password_hash,
                                 user.must_change_password, pqxx::binarystring(vault_.Seal(user.totp_secret, user.id)),
                                 pqxx::binarystring(vault_.Seal(user.totp_offered, user.id)), user.totp_step);
    } catch (const pqxx::unique_violation& taken) {
        const bool agent = std::string_view(taken.what()).find("account_by_agent") != std::string_view::npos;
        throw db::Rollback{
            agent ? Error{Code::kAlreadyExists, "AGENT_TAKEN", "user.agent_id: another user is the agent " + user.agent}
                  : Error{Code::kAlreadyExists, "LOGIN_NAME_TAKEN",
                          "user.login_name: " + user.login_name + " belongs to somebody already"}};
    }
    transaction_.exec_params(kDeleteRoles, user.id);
    for (const Assignment& held : user.roles) {
        transaction_.exec_params(kInsertRole, user.id, held.role, held.unit);
    }
}

void PostgresUsers::Delete(const std::string& id) { transaction_.exec_params(kDelete, id); }

UserPage PostgresUsers::List(const UserFilter& filter) {
    UserPage page;
    for (const auto& row : transaction_.exec_params(std::string(kSelect) + kPage, filter.unit, filter.role,
                                                    filter.search, filter.after, filter.limit + 1)) {
        if (static_cast<int>(page.users.size()) == filter.limit) {
            page.next = page.users.back().login_name;
            break;
        }
        page.users.push_back(ReadUser(row, vault_));
    }
    return page;
}

Attempts PostgresUsers::LoadAttempts(const std::string& login_name) {
    transaction_.exec_params(kLockName, login_name);
    const auto rows = transaction_.exec_params(kAttempts, login_name);
    return rows.empty() ? Attempts{} : Attempts{rows[0][0].as<int>(), FromUnixMillis(rows[0][1].as<int64_t>())};
}

void PostgresUsers::SaveAttempts(const std::string& login_name, const std::optional<Attempts>& attempts) {
    if (attempts) {
        transaction_.exec_params(kSaveAttempts, login_name, attempts->failures, ToUnixMillis(attempts->last));
        transaction_.exec_params(kForgetAttempts, ToUnixMillis(attempts->last));
    } else {
        transaction_.exec_params(kDeleteAttempts, login_name);
    }
}

}  // namespace trunkline::identity

// Connections, transactions, and the one place where libpqxx's exceptions become Errors.
#include "db/pool.hpp"

#include <iomanip>
#include <random>
#include <sstream>

#include "db/transaction.hpp"
#include "log/keys.hpp"
#include "log/log.hpp"

namespace trunkline::db {
namespace {

constexpr std::string_view kReference = "reference";

// What PostgreSQL says goes to the log alone: it quotes statements and values, and the caller of an API may be anybody.
// The reference finds it there.
Error Plain(Code code, const std::string& reason, const std::string& sentence, const std::exception& cause) {
    std::ostringstream reference;
    reference << std::hex << std::setw(8) << std::setfill('0') << std::random_device{}();
    log::Warning("database error",
                 {{log::kReason, reason}, {kReference, reference.str()}, {log::kError, cause.what()}});
    return {code, reason, sentence + " (reference " + reference.str() + ")"};
}

// The columns of a unique violation, from its "Key (title)=(...) already exists."; the constraint when it is not there.
std::string WhatExists(const std::string& text) {
    for (const auto& [opening, end] : {std::pair("Key (", ")="), std::pair("constraint \"", "\"")}) {
        const size_t found = text.find(opening);
        if (found == std::string::npos) {
            continue;
        }
        const size_t start = found + std::string_view(opening).size();
        return text.substr(start, text.find(end, start) - start);
    }
    return "key";
}

Error Away(const std::exception& cause) {
    return Plain(Code::kUnavailable, "DATABASE_AWAY", "the database cannot be reached; try again", cause);
}

Error Failed(const std::exception& cause) {
    return Plain(Code::kInternal, "DATABASE_ERROR", "the database refused this; see the log of the service", cause);
}

// SQLSTATE codes: PostgreSQL documentation, appendix A.
Error FromSqlState(const pqxx::sql_error& error) {
    const std::string state = error.sqlstate();
    if (state == "23505") {
        return {Code::kAlreadyExists, "ALREADY_EXISTS",
                "there is one with the same " + WhatExists(error.what()) + " already"};
    }
    const bool is_away = state.rfind("57P", 0) == 0 || state.rfind("08", 0) == 0 || state == "53300";
    return is_away ? Away(error) : Failed(error);
}

}  // namespace

Pool::Pool(PoolConfig config) : config_(std::move(config)) {}

std::unique_ptr<pqxx::connection> Pool::Connect() const {
    std::string options = config_.url;
    options += options.find('?') == std::string::npos ? "?" : "&";
    options += "connect_timeout=3&application_name=trunkline-" + config_.schema;
    if (!config_.password.empty()) {
        options += "&password=" + config_.password;
    }
    auto connection = std::make_unique<pqxx::connection>(options);
    pqxx::nontransaction setup(*connection);
    setup.exec("SET search_path TO " + setup.quote_name(config_.schema));
    // A forgotten transaction must not hold the outbox (bus README, Decisions).
    setup.exec("SET idle_in_transaction_session_timeout TO '10s'");
    return connection;
}

Result<std::unique_ptr<pqxx::connection>> Pool::Take() {
    {
        std::unique_lock lock(mutex_);
        if (!free_.wait_for(lock, config_.wait, [this] { return !idle_.empty() || made_ < config_.size; })) {
            return Error{Code::kUnavailable, "POOL_EXHAUSTED", "all database connections are in use"};
        }
        if (!idle_.empty()) {
            auto connection = std::move(idle_.back());
            idle_.pop_back();
            return connection;
        }
        ++made_;
    }
    try {
        return Connect();
    } catch (const std::exception& error) {
        Give(nullptr);
        return Away(error);
    }
}

void Pool::Give(std::unique_ptr<pqxx::connection> connection) {
    {
        const std::lock_guard lock(mutex_);
        if (connection && connection->is_open()) {
            idle_.push_back(std::move(connection));
        } else {
            --made_;
        }
    }
    free_.notify_one();
}

Status Pool::RunErased(const std::function<void(pqxx::work&)>& work) {
    return OnConnection([&](pqxx::connection& connection) {
        Transaction transaction(connection);
        work(transaction);
        transaction.Finish();
    });
}

Status Pool::OnConnection(const std::function<void(pqxx::connection&)>& work) {
    auto taken = Take();
    if (!taken.ok()) {
        return taken.error();
    }
    std::unique_ptr<pqxx::connection> connection = std::move(taken).value();
    Status outcome;
    bool broken = false;
    try {
        work(*connection);
    } catch (const Rollback& rollback) {
        outcome = rollback.error;
    } catch (const pqxx::in_doubt_error& error) {
        outcome =
            Plain(Code::kUnavailable, "COMMIT_UNKNOWN",
                  "the database went away while this was stored; look whether it was before you try again", error);
        broken = true;
    } catch (const pqxx::broken_connection& error) {
        outcome = Away(error);
        broken = true;
    } catch (const pqxx::transaction_rollback& error) {
        // libpqxx 6 gives no SQLSTATE with serialization failures and deadlocks.
        outcome = Plain(Code::kAborted, "CONFLICT", "somebody changed the same at the same time; try again", error);
    } catch (const pqxx::sql_error& error) {
        const Error mapped = FromSqlState(error);
        broken = mapped.code == Code::kUnavailable;
        outcome = mapped;
    } catch (const std::exception& error) {
        outcome = Failed(error);
    }
    Give(broken ? nullptr : std::move(connection));
    return outcome;
}

Status Pool::Migrate(const Migrations& migrations) {
    const auto apply = [&](const Migration& migration) {
        return Run([&](pqxx::work& transaction) {
            transaction.exec_params("SELECT pg_advisory_xact_lock(hashtext($1))", "migrate:" + config_.schema);
            transaction.exec(
                "CREATE TABLE IF NOT EXISTS schema_migration (name text PRIMARY KEY, checksum text NOT NULL,"
                " applied_time timestamptz NOT NULL DEFAULT now())");
            const auto row = transaction.exec_params("SELECT checksum = md5($2) FROM schema_migration WHERE name = $1",
                                                     migration.name, migration.sql);
            if (!row.empty()) {
                if (!row[0][0].as<bool>()) {
                    throw Rollback{{Code::kFailedPrecondition, "MIGRATION_EDITED",
                                    "migration " + migration.name + " of schema " + config_.schema +
                                        " was edited after it had been applied; add a new one instead"}};
                }
                return;
            }
            transaction.exec(migration.sql);
            transaction.exec_params("INSERT INTO schema_migration (name, checksum) VALUES ($1, md5($2))",
                                    migration.name, migration.sql);
            log::Info("migration applied", {{log::kName, migration.name}});
        });
    };
    for (const Migration& migration : migrations) {
        if (Status done = apply(migration); !done.ok()) {
            return done;
        }
    }
    return {};
}

}  // namespace trunkline::db

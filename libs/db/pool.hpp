// Connections to the service's own schema in PostgreSQL.
#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <pqxx/pqxx>
#include <string>
#include <vector>

#include "db/migrations.hpp"
#include "result/result.hpp"

namespace trunkline::db {

struct PoolConfig {
    std::string url;     // postgresql://user@host:port/database
    std::string schema;  // the service's word; becomes the search path
    std::string password;
    int size = 4;                          // connections at the most
    std::chrono::milliseconds wait{2000};  // for a free connection
};

// A bounded set of connections, made when first needed and replaced when broken. Safe from any thread; every call
// blocks, so it belongs on worker threads, never on the path of a call.
class Pool {
 public:
    explicit Pool(PoolConfig config);

    // Runs `work` in one transaction and commits it. A database error becomes an Error: kUnavailable when the server is
    // away or the pool is exhausted (safe to try again unless COMMIT was in doubt, reason COMMIT_UNKNOWN),
    // kAlreadyExists on a unique violation, kAborted on serialization failure or deadlock, kInternal otherwise. An
    // Error thrown by `work` comes back as it is, and nothing is committed.
    template <class Work>
    auto Run(Work&& work) -> Result<std::invoke_result_t<Work, pqxx::work&>> {
        using Value = std::invoke_result_t<Work, pqxx::work&>;
        if constexpr (std::is_void_v<Value>) {
            return RunErased([&](pqxx::work& transaction) { work(transaction); });
        } else {
            std::optional<Value> value;
            const Status done = RunErased([&](pqxx::work& transaction) { value.emplace(work(transaction)); });
            return done.ok() ? Result<Value>(std::move(*value)) : Result<Value>(done.error());
        }
    }

    // Runs `work`, a single statement that needs no transaction around it: one way to the server and back instead of
    // three. Errors as of Run.
    template <class Work>
    auto RunOne(Work&& work) -> Result<std::invoke_result_t<Work, pqxx::nontransaction&>> {
        using Value = std::invoke_result_t<Work, pqxx::nontransaction&>;
        std::optional<Value> value;
        const Status done = OnConnection([&](pqxx::connection& connection) {
            pqxx::nontransaction statement(connection);
            value.emplace(work(statement));
        });
        return done.ok() ? Result<Value>(std::move(*value)) : Result<Value>(done.error());
    }

    // Applies what is new of `migrations`, one transaction each, under an advisory lock, and checks that the applied
    // ones have not been edited since.
    Status Migrate(const Migrations& migrations);

    const PoolConfig& config() const { return config_; }
    // A connection outside the pool, with the same settings (LISTEN, long work). Throws pqxx exceptions.
    std::unique_ptr<pqxx::connection> Connect() const;

 private:
    Status RunErased(const std::function<void(pqxx::work&)>& work);
    // Lends a connection and turns exceptions into Errors.
    Status OnConnection(const std::function<void(pqxx::connection&)>& work);
    Result<std::unique_ptr<pqxx::connection>> Take();
    void Give(std::unique_ptr<pqxx::connection> connection);

    PoolConfig config_;
    std::mutex mutex_;
    std::condition_variable free_;
    std::vector<std::unique_ptr<pqxx::connection>> idle_;
    int made_ = 0;
};

// Thrown inside Pool::Run to end the transaction with an Error of the caller's choice.
struct Rollback {
    Error error;
};

}  // namespace trunkline::db

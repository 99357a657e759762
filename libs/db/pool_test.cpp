// Transactions, errors and migrations against a real server.
#include "db/pool.hpp"

#include <catch2/catch.hpp>
#include <thread>

#include "db/transaction.hpp"
#include "testing/database/throwaway_postgres.hpp"

namespace trunkline::db {
namespace {

using testing::ThrowawayPostgres;

int Count(Pool& pool, const std::string& table) {
    const auto rows = pool.Run([&](pqxx::work& transaction) {
        return transaction.exec1("SELECT count(*) FROM " + transaction.quote_name(table))[0].as<int>();
    });
    REQUIRE(rows.ok());
    return *rows;
}

const Migration kCreateNote{"0001_create_note", "CREATE TABLE note (body text PRIMARY KEY)"};

TEST_CASE("db: what a transaction wrote is there, and gone when it was rolled back", "[db][database]") {
    const auto pool = ThrowawayPostgres::Shared().NewSchema("db");
    REQUIRE(pool->Migrate({kCreateNote}).ok());
    REQUIRE(pool->Run([](pqxx::work& transaction) { transaction.exec("INSERT INTO note VALUES ('kept')"); }).ok());
    const Status refused = pool->Run([](pqxx::work& transaction) {
        transaction.exec("INSERT INTO note VALUES ('gone')");
        throw Rollback{{Code::kNotFound, "NO_SUCH_CALL", "there is no such call"}};
    });
    CHECK(refused.error().code == Code::kNotFound);
    CHECK(refused.error().reason == "NO_SUCH_CALL");
    CHECK(Count(*pool, "note") == 1);
}

TEST_CASE("db: one statement alone is committed, and its errors are errors", "[db][database]") {
    const auto pool = ThrowawayPostgres::Shared().NewSchema("db");
    REQUIRE(pool->Migrate({kCreateNote}).ok());
    const auto insert = [](pqxx::nontransaction& statement) {
        return statement.exec("INSERT INTO note VALUES ('one') RETURNING body")[0][0].as<std::string>();
    };
    CHECK(pool->RunOne(insert).value() == "one");
    CHECK(Count(*pool, "note") == 1);
    CHECK(pool->RunOne(insert).error().code == Code::kAlreadyExists);
    const auto missing = pool->RunOne([](pqxx::nontransaction&) -> int {
        throw Rollback{{Code::kNotFound, "NO_SUCH_CALL", "there is no such call"}};
    });
    CHECK(missing.error().reason == "NO_SUCH_CALL");
    CHECK(Count(*pool, "note") == 1);  // the connection is sound
}

TEST_CASE("db: errors of the server carry a code that callers can act on", "[db][database]") {
    const auto pool = ThrowawayPostgres::Shared().NewSchema("db");
    REQUIRE(pool->Migrate({kCreateNote}).ok());
    const auto insert = [](pqxx::work& transaction) { transaction.exec("INSERT INTO note VALUES ('one')"); };
    REQUIRE(pool->Run(insert).ok());
    CHECK(pool->Run(insert).error().code == Code::kAlreadyExists);
    const Status syntax = pool->Run([](pqxx::work& transaction) { transaction.exec("SELEKT"); });
    CHECK(syntax.error().code == Code::kInternal);
    const Status serialization =
        pool->Run([](pqxx::work& transaction) { transaction.exec("DO $$ BEGIN RAISE SQLSTATE '40001'; END $$"); });
    CHECK(serialization.error().code == Code::kAborted);
    CHECK(pool->Run(insert).error().code == Code::kAlreadyExists);
}

TEST_CASE("db: callers learn what exists already, but neither values nor statements", "[db][database]") {
    const auto pool = ThrowawayPostgres::Shared().NewSchema("db");
    REQUIRE(pool->Migrate({kCreateNote}).ok());
    const auto insert = [](pqxx::work& transaction) { transaction.exec("INSERT INTO note VALUES ('13800138000')"); };
    REQUIRE(pool->Run(insert).ok());
    CHECK(pool->Run(insert).error().message == "there is one with the same body already");
    const Status syntax = pool->Run([](pqxx::work& transaction) { transaction.exec("SELEKT '13800138000'"); });
    CHECK_THAT(syntax.error().message,
               Catch::StartsWith("the database refused this; see the log of the service (reference "));
    CHECK_THAT(syntax.error().message, !Catch::Contains("SELEKT") && !Catch::Contains("13800138000"));
}

TEST_CASE("db: a schema sees nothing of another one", "[db][database]") {
    const auto one = ThrowawayPostgres::Shared().NewSchema("one");
    const auto two = ThrowawayPostgres::Shared().NewSchema("two");
    REQUIRE(one->Migrate({kCreateNote}).ok());
    const Status peek =
        two->Run([&](pqxx::work& transaction) { transaction.exec("SELECT * FROM " + one->config().schema + ".note"); });
    CHECK(peek.error().code == Code::kInternal);
}

TEST_CASE("db: an exhausted pool says so after its wait, and works again later", "[db][database]") {
    PoolConfig config = ThrowawayPostgres::Shared().NewSchema("db", 1)->config();
    config.wait = std::chrono::milliseconds(20);
    Pool pool(config);
    REQUIRE(pool.Run([&](pqxx::work&) {
                    const Status second = pool.Run([](pqxx::work&) {});
                    REQUIRE_FALSE(second.ok());
                    CHECK(second.error().code == Code::kUnavailable);
                    CHECK(second.error().reason == "POOL_EXHAUSTED");
                })
                .ok());
    CHECK(pool.Run([](pqxx::work&) {}).ok());
}

TEST_CASE("db: a connection that broke is replaced", "[db][database]") {
    const auto pool = ThrowawayPostgres::Shared().NewSchema("db", 1);
    const Status broken =
        pool->Run([](pqxx::work& transaction) { transaction.exec("SELECT pg_terminate_backend(pg_backend_pid())"); });
    CHECK(broken.error().code == Code::kUnavailable);
    CHECK(pool->Run([](pqxx::work& transaction) { transaction.exec("SELECT 1"); }).ok());
}

TEST_CASE("db: a server that is away is an error, not an exception, until it is back", "[db][database]") {
    auto& server = ThrowawayPostgres::Shared();
    const auto pool = server.NewSchema("db", 1);
    const auto ask = [](pqxx::work& transaction) { transaction.exec("SELECT 1"); };
    REQUIRE(pool->Run(ask).ok());
    server.Crash();
    CHECK(pool->Run(ask).error().code == Code::kUnavailable);
    CHECK(pool->Run(ask).error().reason == "DATABASE_AWAY");
    server.Restart();
    CHECK(pool->Run(ask).ok());
}

TEST_CASE("db: a migration is applied once", "[db][database]") {
    const auto pool = ThrowawayPostgres::Shared().NewSchema("db");
    REQUIRE(pool->Migrate({kCreateNote}).ok());
    REQUIRE(pool->Migrate({kCreateNote, {"0002_add_mark", "ALTER TABLE note ADD mark int"}}).ok());
    CHECK(Count(*pool, "schema_migration") == 2);
}

TEST_CASE("db: a migration that was edited afterwards is refused by name", "[db][database]") {
    const auto pool = ThrowawayPostgres::Shared().NewSchema("db");
    REQUIRE(pool->Migrate({kCreateNote}).ok());
    const Status edited = pool->Migrate({{"0001_create_note", "CREATE TABLE note (body text)"}});
    CHECK(edited.error().reason == "MIGRATION_EDITED");
    CHECK_THAT(edited.error().message, Catch::Contains("0001_create_note"));
}

TEST_CASE("db: a migration that fails leaves nothing behind", "[db][database]") {
    const auto pool = ThrowawayPostgres::Shared().NewSchema("db");
    CHECK_FALSE(pool->Migrate({{"0001_half", "CREATE TABLE half (x int); SELEKT"}}).ok());
    CHECK(pool->Migrate({{"0001_half", "CREATE TABLE half (x int)"}}).ok());
}

TEST_CASE("db: two processes that migrate at once agree", "[db][database]") {
    const auto pool = ThrowawayPostgres::Shared().NewSchema("db", 1);
    Pool other(pool->config());
    const Migrations migrations{kCreateNote, {"0002_slow", "SELECT pg_sleep(0.1); CREATE TABLE slow (x int)"}};
    Status first;
    std::thread racer([&] { first = pool->Migrate(migrations); });
    const Status second = other.Migrate(migrations);
    racer.join();
    CHECK(first.ok());
    CHECK(second.ok());
    CHECK(Count(*pool, "schema_migration") == 2);
}

class NoteStep final : public CommitStep {
 public:
    void Add(const std::string& body) { bodies_.push_back(body); }
    void BeforeCommit(pqxx::work& transaction) override {
        for (const std::string& body : bodies_) {
            transaction.exec_params("INSERT INTO note VALUES ($1)", body);
        }
    }

 private:
    std::vector<std::string> bodies_;
};

TEST_CASE("db: what is put off to the end of a transaction is one step, and part of it", "[db][database]") {
    const auto pool = ThrowawayPostgres::Shared().NewSchema("db");
    REQUIRE(pool->Migrate({kCreateNote}).ok());
    const auto write = [](pqxx::work& transaction, const std::string& first, const std::string& second) {
        auto& own = dynamic_cast<Transaction&>(transaction);
        own.Last<NoteStep>().Add(first);
        own.Last<NoteStep>().Add(second);
        return transaction.exec1("SELECT count(*) FROM note")[0].as<int>();
    };
    const auto seen = pool->Run([&](pqxx::work& transaction) { return write(transaction, "one", "two"); });
    REQUIRE(seen.ok());
    CHECK(*seen == 0);
    CHECK(Count(*pool, "note") == 2);
    const auto twice = pool->Run([&](pqxx::work& transaction) { return write(transaction, "three", "one"); });
    CHECK(twice.error().code == Code::kAlreadyExists);
    CHECK(Count(*pool, "note") == 2);
}

}  // namespace
}  // namespace trunkline::db

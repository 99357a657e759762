// A customer office for tests: every desk on a schema of its own in a real PostgreSQL.
#pragma once
#include <catch2/catch.hpp>

#include "bus/outbox.hpp"
#include "customer/adapters/grpc_customers.hpp"
#include "customer/adapters/postgres_accounts.hpp"
#include "customer/adapters/postgres_customer_store.hpp"
#include "customer/adapters/postgres_history.hpp"
#include "customer/adapters/postgres_records.hpp"
#include "customer/migrations.hpp"
#include "testing/database/throwaway_postgres.hpp"
#include "testing/manual_clock.hpp"

namespace trunkline::customer {

struct Office {
    Office() {
        REQUIRE(pool->Migrate({bus::OutboxMigration()}).ok());
        REQUIRE(pool->Migrate(kMigrations).ok());
    }

    static Profile Named(const std::string& name) {
        Profile profile;
        profile.name = name;
        return profile;
    }
    Customer Make(const std::string& name, const std::vector<std::string>& numbers = {}) {
        std::vector<WrittenNumber> written;
        for (const std::string& number : numbers) {
            written.push_back({number, "mobile"});
        }
        return customers.Create("1001", Request(), Named(name), written).value();
    }
    std::string Request() { return "r" + std::to_string(++requests); }

    // An event as the bus would bring it, applied in a transaction of its own.
    void Tell(const std::string& source, const google::protobuf::Message& message, TimePoint occurred) {
        const bus::Event event = bus::MakeEvent(message, "key", std::to_string(++requests), occurred);
        const Status done = pool->Run([&](pqxx::work& transaction) {
            HistoryProjection{keeper}(transaction,
                                      {event.event_id, source, 1, "key", event.type, occurred, event.payload});
        });
        REQUIRE(done.ok());
    }
    int64_t Count(const std::string& sql) {
        return pool->Run([&](pqxx::work& transaction) { return transaction.exec(sql)[0][0].as<int64_t>(); }).value();
    }
    std::vector<std::string> Events() {
        return pool
            ->Run([](pqxx::work& transaction) {
                std::vector<std::string> types;
                for (const auto& row : transaction.exec("SELECT type FROM outbox ORDER BY sequence")) {
                    types.push_back(row[0].as<std::string>().substr(22));
                }
                return types;
            })
            .value();
    }

    std::unique_ptr<db::Pool> pool = testing::ThrowawayPostgres::Shared().NewSchema("customer", 12);
    testing::ManualClock clock;
    UuidGenerator ids;
    NumberKeeper keeper{phone::Vault("0123456789abcdef0123456789abcdef"), {}};
    Tools tools{keeper, clock, ids};
    int requests = 0;
    PostgresCustomerStore customer_store{*pool, [] {}};
    PostgresMergeStore merge_store{*pool, [] {}};
    PostgresAccountStore account_store{*pool, ids, [] {}};
    PostgresImportStore import_store{*pool, ids, [] {}};
    PostgresErasureStore erasure_store{*pool, [] {}};
    PostgresHistory history{*pool, keeper, [] {}};
    CustomerDesk customers{customer_store, merge_store, tools};
    AccountDesk accounts{account_store, tools};
    ImportDesk imports{import_store, tools};
    ErasureDesk erasures{erasure_store, tools};
};

}  // namespace trunkline::customer

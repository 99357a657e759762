// customer: who is calling and what happened before. Composition only.
#include "bus/outbox.hpp"
#include "bus/publisher.hpp"
#include "bus/subscriber.hpp"
#include "customer/adapters/grpc_memberships.hpp"
#include "customer/adapters/housekeeper.hpp"
#include "customer/adapters/postgres_accounts.hpp"
#include "customer/adapters/postgres_customer_store.hpp"
#include "customer/adapters/postgres_records.hpp"
#include "customer/config.hpp"
#include "customer/metrics.hpp"
#include "customer/migrations.hpp"

int main(int argc, char** argv) {
    using namespace trunkline;
    return service::Main("customer", [&] {
        const auto config = customer::LoadConfig(argc, argv);
        service::Host host{config.host};
        customer::Metrics metrics{host.registry()};
        db::Pool pool{config.bus.database};
        bus::MigrateAtStart(pool, customer::kMigrations);
        bus::Publisher publisher{pool, host.registry(), config.bus.publisher};
        const auto ring = [&] { publisher.Ring(); };
        SystemClock clock;
        UuidGenerator ids;
        const customer::NumberKeeper keeper{phone::Vault{config.tenant_key}, config.place};
        const customer::Tools tools{keeper, clock, ids};

        bus::SubscriberConfig wanted;
        wanted.consumer = "customer";
        wanted.sources = config.bus.Sources({"trunk", "acd", "recording", "workorder"});
        wanted.tls = config.host.tls;
        // A history is read when the next call comes, so many events may share a transaction.
        wanted.gather = std::chrono::milliseconds(100);
        wanted.types = customer::HistoryProjection::Types();
        bus::Subscriber history_events{pool, host.registry(), wanted, customer::HistoryProjection{keeper}};

        customer::PostgresCustomerStore customers{pool, ring};
        customer::PostgresMergeStore merges{pool, ring};
        customer::PostgresAccountStore accounts{pool, ids, ring};
        customer::PostgresImportStore imports{pool, ids, ring};
        customer::PostgresErasureStore erasures{pool, ring};
        customer::PostgresHistory history{pool, keeper, ring};
        customer::CustomerDesk customer_desk{customers, merges, tools};
        customer::AccountDesk account_desk{accounts, tools};
        customer::ImportDesk import_desk{imports, tools};
        customer::ErasureDesk erasure_desk{erasures, tools};
        customer::Housekeeper housekeeper{accounts, pool, clock};

        const auto count = [&](std::string_view method, bool ok, Duration took) { metrics.Count(method, ok, took); };
        customer::GrpcCustomers api{{customer_desk, import_desk, erasure_desk, history, pool, tools}, count};
        customer::GrpcMemberships memberships{account_desk, clock, count};
        host.Serve(api);
        host.Serve(memberships);
        host.Serve(publisher.event_log());
        return host.Run({&publisher, &history_events, &housekeeper});
    });
}

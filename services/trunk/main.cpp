// trunk: owns every live call; speaks SIP and RTP to the outside and gRPC to the applications. Composition only.
#include "bus/publisher.hpp"
#include "trunk/adapters/grpc_browser_phones.hpp"
#include "trunk/adapters/grpc_services.hpp"
#include "trunk/adapters/startup.hpp"
#include "trunk/config.hpp"
#include "trunk/migrations.hpp"
#include "trunkline/trunk/v1/versions.grpc.pb.h"
#include "versions/versions.hpp"

namespace trunkline::trunk {
namespace {

int Run(int argc, char** argv) {
    const Config config = LoadConfig(argc, argv);
    service::Host host{config.host};
    const SystemClock clock;
    UuidGenerator ids;
    db::Pool pool{config.database};
    Metrics metrics{host.registry()};
    bus::FactWriter writer{pool, host.registry(), "trunk", {.gather = std::chrono::milliseconds(100), .enough = 512}};
    bus::Publisher publisher{
        pool, host.registry(), {.source = "trunk", .listen = config.bus_listen, .awaits_tables = true}};
    writer.OnCommitted([&](bus::Committed facts) { publisher.Publish(std::move(facts)); });
    BusFacts facts{writer};
    PromptStore prompts{config.prompts_directory};
    Spool spool{config.spool_directory,
                [&](const v1::Journal& journal) { facts.TellRecordingFinished(journal, clock.Now()); }};
    Gateway gateway{config.gateway, {clock, ids, metrics, prompts, spool, facts}};
    PostgresDirectory store{pool};

    // The database may be away when the machine starts; facts wait in the writer's queue until its tables are there.
    host.SetReady("database", false);
    db::Migrations migrations{bus::OutboxMigration()};
    const db::Migrations own = versions::With(kMigrations);
    migrations.insert(migrations.end(), own.begin(), own.end());
    Startup startup{[&]() -> Result<Directory> {
                        const Status migrated = pool.Migrate(migrations);
                        if (!migrated.ok()) return migrated.error();
                        publisher.TablesAreThere();
                        return store.Load();
                    },
                    [&](Directory directory) {
                        gateway.Open(std::move(directory));
                        host.SetReady("database", true);
                    },
                    writer};

    GrpcCalls calls{gateway};
    GrpcDirectory directory{gateway, store, config.gateway.realm};
    versions::GrpcVersions<v1::SettingVersions::Service> setting_versions{pool};
    GrpcPrompts prompt_api{prompts};
    GrpcSpool spool_api{spool};
    GrpcBrowserPhones browser_phones{gateway.sip(), gateway.directory(), gateway.browsers()};
    for (grpc::Service* api : {static_cast<grpc::Service*>(&calls), static_cast<grpc::Service*>(&directory),
                               static_cast<grpc::Service*>(&setting_versions), static_cast<grpc::Service*>(&prompt_api),
                               static_cast<grpc::Service*>(&spool_api), static_cast<grpc::Service*>(&browser_phones),
                               &gateway.call_control(), &publisher.event_log()}) {
        host.Serve(*api);
    }
    return host.Run({&publisher, &startup, &spool, &gateway});
}

}  // namespace
}  // namespace trunkline::trunk

int main(int argc, char** argv) {
    return trunkline::service::Main("trunk", [&] { return trunkline::trunk::Run(argc, argv); });
}

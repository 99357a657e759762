// identity: who works here and what he may do. Composition only.
#include "bus/outbox.hpp"
#include "bus/publisher.hpp"
#include "identity/adapters/first_password_file.hpp"
#include "identity/adapters/grpc_administration.hpp"
#include "identity/adapters/grpc_sessions.hpp"
#include "identity/adapters/known_rights.hpp"
#include "identity/adapters/postgres_store.hpp"
#include "identity/config.hpp"
#include "identity/metrics.hpp"
#include "identity/migrations.hpp"
#include "log/keys.hpp"
#include "log/log.hpp"
#include "trunkline/identity/v1/versions.grpc.pb.h"
#include "versions/versions.hpp"

int main(int argc, char** argv) {
    using namespace trunkline;
    return service::Main("identity", [&] {
        const auto config = identity::LoadConfig(argc, argv);
        service::Host host{config.host};
        identity::Metrics metrics{host.registry()};
        db::Pool pool{config.bus.database};
        bus::MigrateAtStart(pool, versions::With(identity::kMigrations));
        bus::Publisher publisher{pool, host.registry(), config.bus.publisher};
        SystemClock clock;
        UuidGenerator ids;
        identity::SodiumHasher hasher{config.hasher};
        identity::SodiumSecrets secrets;
        const auto vault = identity::TotpVault::FromFile(config.totp_key_file);
        identity::PostgresStore store{pool, vault, [&] { publisher.Ring(); }};
        identity::Tools tools{store, hasher, secrets, clock, ids, identity::KnownRightNames()};
        identity::FrontDoor door{tools, config.door, [&](const std::string& result) { metrics.LogIn(result); }};
        identity::OwnAccount account{tools};
        identity::Administration administration{tools};
        identity::PrepareFirstStart(administration, config.first_password_file);
        identity::GrpcSessions sessions{door};
        identity::GrpcAccount own{account};
        identity::GrpcUsers users{administration, store};
        identity::GrpcRoles roles{administration, store, tools.known_rights};
        identity::GrpcUnits units{administration, store};
        identity::GrpcAudit audit{store};
        versions::GrpcVersions<identity::v1::SettingVersions::Service> setting_versions{pool};
        for (grpc::Service* api : std::initializer_list<grpc::Service*>{&sessions, &own, &users, &roles, &units, &audit,
                                                                        &setting_versions}) {
            host.Serve(*api);
        }
        host.Serve(publisher.event_log());
        return host.Run({&publisher});
    });
}

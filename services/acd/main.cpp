// acd: routes waiting contacts to agents. Composition only.
#include <malloc.h>

#include <random>

#include "acd/adapters/bus_facts.hpp"
#include "acd/adapters/desk.hpp"
#include "acd/adapters/grpc_agents.hpp"
#include "acd/adapters/grpc_callbacks.hpp"
#include "acd/adapters/grpc_desk.hpp"
#include "acd/adapters/grpc_dispositions.hpp"
#include "acd/adapters/grpc_media.hpp"
#include "acd/adapters/grpc_queues.hpp"
#include "acd/adapters/grpc_trunk_link.hpp"
#include "acd/adapters/ivr_prompts.hpp"
#include "acd/adapters/postgres_settings.hpp"
#include "acd/config.hpp"
#include "acd/metrics.hpp"
#include "acd/migrations.hpp"
#include "bus/publisher.hpp"
#include "trunkline/acd/v1/versions.grpc.pb.h"
#include "versions/versions.hpp"

int main(int argc, char** argv) {
    using namespace trunkline;
    return service::Main("acd", [&] {
        // glibc's fast bins are emptied in one go, which holds up the owner thread for milliseconds.
        mallopt(M_MXFAST, 0);
        const auto config = acd::LoadConfig(argc, argv);
        service::Host host{config.host};
        acd::Metrics metrics{host.registry(), host};
        db::Pool pool{config.bus.database};
        bus::MigrateAtStart(pool, versions::With(acd::kMigrations));
        bus::FactWriter writer{pool, host.registry(), "acd", {.gather = std::chrono::milliseconds(100), .enough = 512}};
        bus::Publisher publisher{pool, host.registry(), config.bus.publisher};
        writer.OnCommitted([&](bus::Committed facts) { publisher.Publish(std::move(facts)); });

        SystemClock clock;
        UuidGenerator ids;
        acd::Mailbox mailbox{clock};
        acd::BusFacts facts{writer};
        acd::IvrPrompts prompts{rpc::Connect(config.bus.PeerGrpc("ivr"), config.host.tls), mailbox};
        acd::GrpcTrunkLink trunk{rpc::Connect(config.bus.PeerGrpc("trunk"), config.host.tls), ids.New(), clock};
        acd::Switchboard switchboard{{clock, trunk, facts, prompts, metrics}, std::random_device{}()};
        acd::PostgresSettings store{pool};
        const auto settings = store.Load();
        if (!settings.ok()) {
            throw std::runtime_error("cannot load agents and queues: " + settings.error().message);
        }
        switchboard.Load(*settings);
        trunk.SetCallbacks({[&](acd::calls::Event event) {
                                mailbox.Post([&, event = std::move(event)] { switchboard.OnCall(event); });
                            },
                            [&] { mailbox.Post([&] { switchboard.OnLinkDown(); }); }});

        acd::Desk desk{mailbox, switchboard};
        acd::GrpcAgents agents{desk, store, [&] { return writer.Flush(std::chrono::seconds(1)); }};
        acd::GrpcQueues queues{desk, store, clock};
        acd::GrpcContacts contacts{desk, clock};
        versions::GrpcVersions<acd::v1::SettingVersions::Service> setting_versions{pool};
        acd::PostgresDispositions notes{pool};
        acd::GrpcDispositions dispositions{desk, notes, writer, clock};
        acd::GrpcDesk calls{desk, ids};
        acd::GrpcMedia media{desk, store};
        acd::GrpcTasks tasks{desk, ids, [&] { return writer.Flush(std::chrono::seconds(1)); }};
        acd::GrpcSupervision supervision{desk, [&] { return writer.Flush(std::chrono::seconds(1)); }};
        acd::GrpcCallbacks callbacks{desk, store, [&] { return writer.Flush(std::chrono::seconds(1)); }};
        host.Serve(agents);
        host.Serve(callbacks);
        host.Serve(calls);
        host.Serve(supervision);
        host.Serve(queues);
        host.Serve(contacts);
        host.Serve(media);
        host.Serve(tasks);
        host.Serve(dispositions);
        host.Serve(setting_versions);
        host.Serve(publisher.event_log());
        return host.Run({&writer, &publisher, &prompts, &desk, &trunk});
    });
}

// ivr: serves callers by itself. Composition only.
#include <stdexcept>

#include "bus/outbox.hpp"
#include "bus/publisher.hpp"
#include "ivr/adapters/file_prompt_shelf.hpp"
#include "ivr/adapters/flow_codec.hpp"
#include "ivr/adapters/grpc_callers.hpp"
#include "ivr/adapters/grpc_flows.hpp"
#include "ivr/adapters/grpc_prompt_gateway.hpp"
#include "ivr/adapters/grpc_prompts.hpp"
#include "ivr/adapters/grpc_trunk_link.hpp"
#include "ivr/adapters/live_prompts.hpp"
#include "ivr/adapters/postgres_flow_store.hpp"
#include "ivr/app/attendant.hpp"
#include "ivr/config.hpp"
#include "ivr/metrics.hpp"
#include "ivr/migrations.hpp"
#include "service/host.hpp"

namespace {

// Callers wait for what these hold, so a start without it is none.
void Load(trunkline::ivr::PromptDesk& prompts, trunkline::ivr::FlowDesk& flows) {
    for (const trunkline::Status& status : {prompts.Load(), flows.Load()}) {
        if (!status) throw std::runtime_error("cannot read flows and prompts: " + status.error().message);
    }
}

}  // namespace

int main(int argc, char** argv) {
    using namespace trunkline;
    return service::Main("ivr", [&] {
        const auto config = ivr::LoadConfig(argc, argv);
        service::Host host{config.host};
        ivr::Metrics metrics{host.registry()};
        SystemClock clock;
        UuidGenerator ids;
        db::Pool pool{config.bus.database};
        bus::MigrateAtStart(pool, ivr::kMigrations);
        bus::FactWriter writer{pool, host.registry(), "ivr", {.gather = std::chrono::milliseconds(100), .enough = 512}};
        bus::Publisher publisher{pool, host.registry(), config.bus.publisher};
        writer.OnCommitted([&](bus::Committed facts) { publisher.Publish(std::move(facts)); });

        const auto trunk = rpc::Connect(config.bus.PeerGrpc("trunk"), config.host.tls);
        ivr::EspeakEngine engine{config.speech, clock, metrics.speech()};
        ivr::FilePromptShelf shelf{config.prompts_directory, engine.Name(), pool, writer};
        ivr::GrpcPromptGateway gateway{trunk};
        ivr::PromptDesk prompts{engine, shelf, gateway};
        ivr::PostgresFlowStore store{pool, [&] { publisher.Ring(); }};
        ivr::FlowBook book;
        ivr::FlowDesk flows{{store, prompts, book, clock, ivr::ParseFlow}};
        Load(prompts, flows);

        std::unique_ptr<ivr::GrpcTrunkLink> link;
        // The attendant's thread; what one task asks of the gateway leaves together.
        ivr::TaskQueue owner{1, 1'000'000, [&] { link->Flush(); }};
        ivr::TaskQueue workers{2, 64};  // for what blocks
        ivr::PooledLivePrompts live_prompts{prompts, workers, owner};
        ivr::GrpcCallers callers{rpc::Connect(config.bus.PeerGrpc("customer"), config.host.tls),
                                 [&](auto task) { owner.Post(std::move(task)); }, metrics.callers()};
        ivr::BusFlowFacts facts{writer, metrics.flows()};
        std::unique_ptr<ivr::Attendant> attendant;
        host.SetReady("trunk", false);
        ivr::GrpcTrunkLink::Handlers handlers;
        handlers.snapshot = [&](auto live, auto ended) {
            workers.Post([&] { (void)prompts.PushAll(); });
            owner.Post([&attendant, live, ended] { attendant->OnSnapshot(live, ended); });
        };
        handlers.event = [&](auto call, auto event) {
            owner.Post([&attendant, call, event] { attendant->OnEvent(call, event); });
        };
        handlers.state = [&](bool up) { host.SetReady("trunk", up); };
        link = std::make_unique<ivr::GrpcTrunkLink>(trunk, ids, std::move(handlers));
        attendant = std::make_unique<ivr::Attendant>(
            ivr::Attendant::Ports{*link, live_prompts, callers, facts, book, clock, ids});

        ivr::GrpcFlows flows_api{flows, book, clock};
        ivr::GrpcPrompts prompts_api{prompts};
        host.Serve(flows_api);
        host.Serve(prompts_api);
        host.Serve(publisher.event_log());
        return host.Run({&publisher, &writer, &callers, &workers, &owner, link.get()});
    });
}

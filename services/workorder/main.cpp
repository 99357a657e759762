// workorder: follows what the citizen asked for to its end. Composition only.
#include "bus/outbox.hpp"
#include "bus/publisher.hpp"
#include "service/host.hpp"
#include "workorder/adapters/alarm_worker.hpp"
#include "workorder/adapters/check_code.hpp"
#include "workorder/adapters/grpc_service.hpp"
#include "workorder/adapters/grpc_settings.hpp"
#include "workorder/adapters/grpc_work_orders.hpp"
#include "workorder/adapters/postgres_order_store.hpp"
#include "workorder/config.hpp"
#include "workorder/metrics.hpp"
#include "workorder/migrations.hpp"

int main(int argc, char** argv) {
    using namespace trunkline;
    return service::Main("workorder", [&] {
        const auto config = workorder::LoadConfig(argc, argv);
        service::Host host{config.host};
        workorder::Metrics metrics{host.registry()};
        db::Pool pool{config.bus.database};
        bus::MigrateAtStart(pool, workorder::kMigrations);
        bus::Publisher publisher{pool, host.registry(), config.bus.publisher};
        SystemClock clock;
        UuidGenerator ids;
        const auto ring = [&] { publisher.Ring(); };
        workorder::Catalogue catalogue{pool, clock};
        if (const auto installed = catalogue.Install(config.operator_kind, workorder::kSystem); !installed.ok()) {
            throw config::ConfigError("defaults.operator: " + installed.error().message);
        }
        workorder::PostgresOrderStore orders{{pool, config.time_zone, ids, ring, config.proof_wait}};
        workorder::ServiceStore store{{pool, clock, ids, ring, config.proof_wait}};
        workorder::OrderReader reader{pool};
        workorder::FiguresReader figures{pool, config.time_zone, clock};
        workorder::OrderDesk desk{{orders, catalogue, clock, ids, workorder::NewCheckCode}};
        const auto observe = [&](std::string_view action, bool ok) { metrics.Count(action, ok); };
        workorder::GrpcWorkOrders order_api{{desk, reader, catalogue, store, clock, observe}};
        workorder::GrpcSettings settings_api{{catalogue, desk, reader, clock, ids}};
        workorder::GrpcProgress progress_api{{desk, reader, catalogue, store, observe}};
        workorder::GrpcNotices notice_api{{desk, catalogue, store, reader}};
        workorder::GrpcFigures figure_api{figures, catalogue};
        for (grpc::Service* api : std::initializer_list<grpc::Service*>{&order_api, &settings_api, &progress_api,
                                                                        &notice_api, &figure_api}) {
            host.Serve(*api);
        }
        host.Serve(publisher.event_log());
        workorder::AlarmWorker worker{{desk, catalogue, store, reader}};
        return host.Run({&publisher, &worker});
    });
}

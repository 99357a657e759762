// workorder: follows what the citizen asked for to its end. Composition only.
#include "bus/outbox.hpp"
#include "bus/publisher.hpp"
#include "service/host.hpp"
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
        auto rules = calendar::ChineseOfficeRules();
        rules.time_zone = config.time_zone;
        const auto calendar = calendar::WorkingCalendar::Make(rules);
        if (!calendar.ok()) {
            throw config::ConfigError("calendar.time_zone: " + calendar.error().message);
        }
        workorder::PostgresOrderStore store{pool, config.time_zone, [&] { publisher.Ring(); }};
        workorder::OrderDesk desk{store, *calendar, clock, ids};
        workorder::GrpcWorkOrders api{desk, [&](std::string_view action, bool ok) {
                                          if (!ok) {
                                              metrics.refused.Increment();
                                          } else if (action != "read") {
                                              (action == "create" ? metrics.created : metrics.steps).Increment();
                                          }
                                      }};
        host.Serve(api);
        host.Serve(publisher.event_log());
        return host.Run({&publisher});
    });
}

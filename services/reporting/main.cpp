// reporting: figures and histories from events alone. Composition only.
#include "bus/subscriber.hpp"
#include "reporting/adapters/grpc_figures.hpp"
#include "reporting/adapters/grpc_shifts.hpp"
#include "reporting/adapters/postgres_figure_store.hpp"
#include "reporting/adapters/projections/projections.hpp"
#include "reporting/config.hpp"
#include "reporting/metrics.hpp"
#include "reporting/migrations.hpp"
#include "service/host.hpp"

int main(int argc, char** argv) {
    using namespace trunkline;
    return service::Main("reporting", [&] {
        const auto config = reporting::LoadConfig(argc, argv);
        service::Host host{config.host};
        SystemClock clock;
        db::Pool pool{config.bus.database};
        bus::MigrateAtStart(pool, reporting::kMigrations);
        bus::SubscriberConfig wanted;
        wanted.consumer = "reporting";
        wanted.sources = config.bus.Sources({"trunk", "ivr", "acd", "recording", "workorder"});
        wanted.tls = config.host.tls;
        // Figures are looked at by people, so many events may share a transaction.
        wanted.gather = std::chrono::milliseconds(100);
        bus::Subscriber subscriber{pool, host.registry(), wanted, reporting::Project};
        reporting::PostgresFigureStore store{pool, clock};
        reporting::Metrics metrics{host.registry()};
        reporting::GrpcFigures api{store,
                                   [&](std::string_view report) { metrics.requests.find(report)->second.Increment(); }};
        reporting::GrpcShifts shifts{pool, clock};
        host.Serve(api);
        host.Serve(shifts);
        return host.Run({&subscriber});
    });
}

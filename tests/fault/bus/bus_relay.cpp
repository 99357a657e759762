// A relay of its own: Publisher and EventLog on the outbox that the producers write.
#include "arguments.hpp"
#include "bus/settings.hpp"

int main(int argc, char** argv) {
    using namespace trunkline;
    return service::Main("bus_relay", [&] {
        const fault::Arguments arguments(argc, argv);
        service::HostConfig host_config;
        host_config.name = "bus_relay";
        host_config.grpc_listen = arguments.Get("grpc");
        service::Host host(host_config);
        db::Pool pool(fault::PoolOf(arguments, "source"));
        bus::MigrateAtStart(pool, {});
        bus::Publisher publisher(pool, host.registry(), {"source", arguments.Get("bus")});
        host.Serve(publisher.event_log());
        return host.Run({&publisher});
    });
}

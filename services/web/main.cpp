// web: the one door for browsers and third parties. Composition only.
#include "web/adapters/gateway.hpp"
#include "web/config.hpp"
#include "web/metrics.hpp"

int main(int argc, char** argv) {
    using namespace trunkline;
    return service::Main("web", [&] {
        const auto config = web::LoadConfig(argc, argv);
        service::Host host{config.host};
        web::Metrics metrics{host.registry()};
        SystemClock clock;
        UuidGenerator ids;
        web::GatewayHooks hooks{
            [&](const std::string& result) { metrics.Called(result); },
            [&](double seconds) { metrics.duration.Observe(seconds); },
            [&] { metrics.files.Increment(); },
            [&] { metrics.events.Increment(); },
            [&](size_t connections, size_t streams, size_t sessions) {
                metrics.connections.Set(static_cast<double>(connections));
                metrics.streams.Set(static_cast<double>(streams));
                metrics.sessions.Set(static_cast<double>(sessions));
            },
        };
        web::Gateway gateway{
            {config.http, config.rpc, config.sessions, config.ring, config.files, config.grpc, config.host.tls},
            clock,
            ids,
            std::move(hooks)};
        bus::Tail tail{{config.sources, config.host.tls}, gateway.bus_handlers()};
        return host.Run({&gateway, &tail});
    });
}

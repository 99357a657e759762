// The parts of the gateway put together, so that tests run the same thing as main().
#pragma once
#include "web/adapters/http_server.hpp"
#include "web/adapters/router.hpp"

namespace trunkline::web {

struct GatewayConfig {
    HttpSettings http;
    RpcSettings rpc;
    SessionSettings sessions;
    RingLimits ring;
    std::string files;
    std::map<std::string, std::string> services;  // "acd" -> host:port
    rpc::TlsFiles tls;
};

// Figures; called on the server's thread.
struct GatewayHooks {
    std::function<void(const std::string& result)> called;
    std::function<void(double seconds)> took;
    std::function<void()> file_served;
    std::function<void()> event;
    std::function<void(size_t connections, size_t streams, size_t sessions)> counts;  // every second
};

class Gateway final : public service::Component {
 public:
    Gateway(GatewayConfig config, const Clock& clock, IdGenerator& ids, GatewayHooks hooks);

    // For a bus::Tail; may be called on its thread.
    bus::TailHandlers bus_handlers();
    const MethodTable& methods() const { return methods_; }
    int http_port() const { return server_.http_port(); }
    int https_port() const { return server_.https_port(); }

    void Start() override;
    void Drain(std::chrono::steady_clock::time_point deadline) override { server_.Drain(deadline); }
    void Stop() override;

 private:
    RouterHooks Hooks();
    Task<void> Count();

    const GatewayHooks hooks_;
    Sessions sessions_;
    Backends backends_;
    MethodTable methods_;
    SessionKeeper keeper_;
    LiveFeed feed_;
    OwnMethods own_;
    RpcHandler rpc_;
    StaticFiles files_;
    Router router_;
    HttpServer server_;
};

}  // namespace trunkline::web

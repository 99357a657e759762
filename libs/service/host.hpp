// A process of the suite: signals, health (grpc.health.v1), /metrics, the gRPC server, start and stop order.
#pragma once
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/grpcpp.h>
#include <prometheus/registry.h>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.hpp"
#include "rpc/rpc.hpp"

namespace prometheus {
class Exposer;
}

namespace trunkline::service {

struct HostConfig {
    std::string name;                         // the service's word
    std::string grpc_listen = "127.0.0.1:0";  // host:port of the API
    std::string metrics_listen;               // host:port of /metrics; empty: none
    std::string log_level = "info";           // debug | info | warning | error
    rpc::TlsFiles tls;                        // mutual TLS of the API
    // Threads of the API that stay when calls are over; gRPC's own choice (0) keeps two and makes one for every call
    // beside them, which many short calls at once pay for.
    int kept_threads = 0;
    std::chrono::milliseconds drain_limit{10'000};  // between SIGTERM and the forced stop
};

// Binds grpc.listen, metrics.listen, log.level, tls.ca, tls.certificate, tls.key and drain.limit.
void Bind(config::Reader& reader, HostConfig& config);

// A part of a process that has threads or connections. Started in the order given to Run, stopped in reverse.
class Component {
 public:
    virtual ~Component() = default;
    virtual void Start() {}
    // SIGTERM: take no new work, finish what is under way; return when done or at `deadline`.
    virtual void Drain(std::chrono::steady_clock::time_point deadline) { (void)deadline; }
    virtual void Stop() {}
};

class Host {
 public:
    // Blocks SIGTERM and SIGINT for every thread made later, so construct it before anything that has threads.
    explicit Host(HostConfig config);
    ~Host();

    prometheus::Registry& registry() { return *registry_; }
    const HostConfig& config() const { return config_; }
    // Registers an API; before Run.
    void Serve(grpc::Service& api);
    // Readiness: the health service says SERVING when every named dependency is ready. Safe from any thread.
    void SetReady(const std::string& dependency, bool ready);

    // Starts components and the gRPC server, waits for SIGTERM (drain, then stop; a second signal stops at once) or
    // SIGINT (stop at once), returns the exit code. Throws when a port is in use.
    int Run(const std::vector<Component*>& components);
    // The port of the API; differs from the configured one when that was 0. Valid once Run has started it.
    int grpc_port() const { return grpc_port_; }

 private:
    void StartServer();
    void PublishHealth();
    int WaitForSignal();

    HostConfig config_;
    std::shared_ptr<prometheus::Registry> registry_;
    std::unique_ptr<prometheus::Exposer> exposer_;
    std::vector<grpc::Service*> apis_;
    grpc::CallbackGenericService no_api_;
    std::unique_ptr<grpc::Server> server_;
    int grpc_port_ = 0;
    std::mutex mutex_;
    std::map<std::string, bool> ready_;
    bool draining_ = false;
};

// The body of main(): runs it, prints what stopped the start to standard error, returns the exit code.
int Main(std::string_view name, const std::function<int()>& body);

}  // namespace trunkline::service

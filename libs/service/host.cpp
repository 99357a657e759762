// Start order, signals, drain.
#include "service/host.hpp"

#include <prometheus/exposer.h>
#include <prometheus/gauge.h>
#include <signal.h>

#include <algorithm>
#include <iostream>
#include <stdexcept>
#include <thread>

#include "log/keys.hpp"
#include "log/log.hpp"

namespace trunkline::service {
namespace {

log::Level ParseLevel(const std::string& text) {
    const std::map<std::string, log::Level> levels{{"debug", log::Level::kDebug},
                                                   {"info", log::Level::kInfo},
                                                   {"warning", log::Level::kWarning},
                                                   {"error", log::Level::kError}};
    const auto found = levels.find(text);
    if (found == levels.end()) {
        throw config::ConfigError("log.level = '" + text + "' is not one of debug, info, warning, error");
    }
    return found->second;
}

sigset_t StopSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    return signals;
}

}  // namespace

void Bind(config::Reader& reader, HostConfig& config) {
    reader.Bind("grpc.listen", config.grpc_listen);
    reader.Bind("metrics.listen", config.metrics_listen);
    reader.Bind("log.level", config.log_level);
    reader.Bind("tls.ca", config.tls.authority);
    reader.Bind("tls.certificate", config.tls.certificate);
    reader.Bind("tls.key", config.tls.key);
    reader.Bind("drain.limit", config.drain_limit);
}

Host::Host(HostConfig config) : config_(std::move(config)), registry_(std::make_shared<prometheus::Registry>()) {
    const sigset_t signals = StopSignals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    signal(SIGPIPE, SIG_IGN);
    log::Configure(config_.name, ParseLevel(config_.log_level));
    prometheus::BuildGauge()
        .Name("trunkline_build_info")
        .Help("Always 1; the labels say which build runs.")
        .Register(*registry_)
        .Add({{"service", config_.name}, {"version", TRUNKLINE_VERSION}})
        .Set(1);
    if (!config_.metrics_listen.empty()) {
        try {
            exposer_ = std::make_unique<prometheus::Exposer>(config_.metrics_listen, 1);
        } catch (const std::exception&) {
            throw std::runtime_error("cannot listen on metrics.listen = " + config_.metrics_listen +
                                     "; is the port in use?");
        }
        exposer_->RegisterCollectable(registry_);
    }
}

Host::~Host() = default;

void Host::Serve(grpc::Service& api) { apis_.push_back(&api); }

void Host::SetReady(const std::string& dependency, bool ready) {
    const std::lock_guard lock(mutex_);
    const auto [entry, fresh] = ready_.try_emplace(dependency, ready);
    if (!fresh && entry->second == ready) {
        return;
    }
    entry->second = ready;
    log::Info("readiness changed", {{log::kName, dependency}, {log::kResult, ready}});
    PublishHealth();
}

void Host::PublishHealth() {
    if (server_) {
        const bool all = std::all_of(ready_.begin(), ready_.end(), [](const auto& entry) { return entry.second; });
        server_->GetHealthCheckService()->SetServingStatus(all && !draining_);
    }
}

void Host::StartServer() {
    grpc::EnableDefaultHealthCheckService(true);
    grpc::ServerBuilder builder;
    // Without this two processes could share the port and each get half of the calls.
    builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
    // Our channels look every 10 s whether their peer lives (libs/rpc); without this gRPC takes that for an attack and
    // closes idle connections under calls that are about to begin.
    builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
    builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 5000);
    builder.AddListeningPort(config_.grpc_listen, rpc::ServerCredentials(config_.tls), &grpc_port_);
    if (config_.kept_threads > 0) {
        using Option = grpc::ServerBuilder::SyncServerOption;
        builder.SetSyncServerOption(Option::NUM_CQS, 1);
        builder.SetSyncServerOption(Option::MIN_POLLERS, std::max(1, config_.kept_threads / 4));
        builder.SetSyncServerOption(Option::MAX_POLLERS, config_.kept_threads);
    }
    for (grpc::Service* api : apis_) {
        builder.RegisterService(api);
    }
    // gRPC starts no server without any API, yet health must be answered; this one answers UNIMPLEMENTED.
    if (apis_.empty()) {
        builder.RegisterCallbackGenericService(&no_api_);
    }
    auto server = builder.BuildAndStart();
    if (!server || grpc_port_ == 0) {
        throw std::runtime_error("cannot listen on grpc.listen = " + config_.grpc_listen + "; is the port in use?");
    }
    const std::lock_guard lock(mutex_);
    server_ = std::move(server);
    PublishHealth();
}

int Host::WaitForSignal() {
    const sigset_t signals = StopSignals();
    int signal_number = 0;
    sigwait(&signals, &signal_number);
    return signal_number;
}

int Host::Run(const std::vector<Component*>& components) {
    for (Component* component : components) {
        component->Start();
    }
    StartServer();
    log::Info("service started", {{log::kAddress, config_.grpc_listen}});
    const int first = WaitForSignal();
    log::Info("service stopping", {{log::kReason, first == SIGTERM ? "SIGTERM" : "SIGINT"}});
    {
        const std::lock_guard lock(mutex_);
        draining_ = true;
        PublishHealth();
    }
    if (first == SIGTERM) {
        // A second signal while draining ends the process at once.
        std::thread([this] {
            WaitForSignal();
            std::_Exit(1);
        }).detach();
        const auto deadline = std::chrono::steady_clock::now() + config_.drain_limit;
        std::for_each(components.rbegin(), components.rend(), [&](Component* part) { part->Drain(deadline); });
    }
    server_->Shutdown(std::chrono::system_clock::now() + std::chrono::seconds(1));
    std::for_each(components.rbegin(), components.rend(), [](Component* part) { part->Stop(); });
    {
        const std::lock_guard lock(mutex_);
        server_.reset();
    }
    log::Info("service stopped");
    return 0;
}

int Main(std::string_view name, const std::function<int()>& body) {
    try {
        return body();
    } catch (const std::exception& error) {
        std::cerr << name << ": " << error.what() << "\n";
        return 1;
    }
}

}  // namespace trunkline::service

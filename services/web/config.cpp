// Binding of the settings.
#include "web/config.hpp"

#include <boost/asio/ip/address.hpp>

namespace trunkline::web {
namespace {

void BindHttp(config::Reader& reader, HttpSettings& http) {
    reader.Bind("http.listen", http.http_listen);
    reader.Bind("http.trusted_proxies", http.trusted_proxies);
    reader.Bind("http.connections", http.connections, 1, 100'000);
    reader.Bind("http.idle", http.idle);
    reader.Bind("http.transfer", http.transfer);
    reader.Bind("https.listen", http.https_listen);
    reader.Bind("https.certificate", http.certificate);
    reader.Bind("https.key", http.key);
    if (http.http_listen.empty() && http.https_listen.empty()) {
        throw config::ConfigError("http.listen and https.listen are both empty; nobody could reach the gateway");
    }
    // Passwords and cookies cross this connection, so without TLS it stays on the machine or behind a proxy.
    boost::system::error_code bad;
    const std::string host = http.http_listen.substr(0, http.http_listen.rfind(':'));
    const auto address = boost::asio::ip::make_address(host, bad);
    if (!http.http_listen.empty() && http.trusted_proxies.empty() && (bad || !address.is_loopback())) {
        throw config::ConfigError("http.listen = " + http.http_listen +
                                  " is not loopback; use https.listen, or name the proxy in http.trusted_proxies");
    }
}

void BindPeers(config::Reader& reader, Config& config) {
    std::map<std::string, std::string> bus;
    for (const auto& [key, value] : reader.Section("peers")) {
        const size_t dot = key.find('.');
        const std::string service = key.substr(0, dot);
        const std::string what = dot == std::string::npos ? "" : key.substr(dot + 1);
        if (what != "grpc" && what != "bus") {
            throw config::ConfigError("peers." + key + " is neither .grpc nor .bus of a service");
        }
        (what == "grpc" ? config.grpc : bus)[service] = value;
    }
    for (const auto& [service, address] : bus) {
        if (!config.grpc.contains(service)) {
            throw config::ConfigError("peers." + service + ".grpc is missing");
        }
        config.sources.push_back({service, address, config.grpc[service]});
    }
    if (!config.grpc.contains("identity")) {
        throw config::ConfigError("peers.identity.grpc is missing; nobody could sign in");
    }
}

}  // namespace

Config LoadConfig(int argc, char** argv) {
    config::Reader reader("web", argc, argv);
    Config config;
    config.host.name = "web";
    service::Bind(reader, config.host);
    BindHttp(reader, config.http);
    BindPeers(reader, config);
    reader.Bind("files.folder", config.files);
    reader.Bind("sessions.recheck", config.sessions.recheck);
    reader.Bind("sessions.grace", config.sessions.grace);
    reader.Bind("calls.default_limit", config.rpc.default_limit);
    reader.Bind("calls.longest_limit", config.rpc.longest_limit);
    int per_second = static_cast<int>(config.rpc.rate.per_second);
    int burst = static_cast<int>(config.rpc.rate.burst);
    reader.Bind("rate.per_second", per_second, 1, 100'000);
    reader.Bind("rate.burst", burst, 1, 100'000);
    config.rpc.rate = {static_cast<double>(per_second), static_cast<double>(burst)};
    int items = static_cast<int>(config.ring.items);
    reader.Bind("live.events", items, 10, 1'000'000);
    config.ring.items = static_cast<size_t>(items);
    reader.Finish();
    return config;
}

}  // namespace trunkline::web

// Keys, defaults and their limits.
#include "trunk/config.hpp"

#include <openssl/rand.h>

namespace trunkline::trunk {
namespace {

std::optional<uint16_t> BindPort(config::Reader& reader, const std::string& key, int port) {
    reader.Bind(key, port, -1, 65535);
    return port < 0 ? std::nullopt : std::optional(static_cast<uint16_t>(port));
}

void BindPortNumber(config::Reader& reader, const std::string& key, uint16_t& port) {
    int value = port;
    reader.Bind(key, value, 1, 65535);
    port = static_cast<uint16_t>(value);
}

void BindDuration(config::Reader& reader, const std::string& key, Duration& value) {
    auto millis = std::chrono::duration_cast<std::chrono::milliseconds>(value);
    reader.Bind(key, millis);
    value = millis;
}

// Every wait of a transaction is a multiple of T1 (RFC 3261 table 4); above T2 its retransmissions would not make
// sense.
void BindRoundTrip(config::Reader& reader, sip::TransactionTimes& times) {
    BindDuration(reader, "sip.t1", times.t1);
    if (times.t1 < std::chrono::milliseconds(10) || times.t1 > times.t2) {
        throw config::ConfigError("sip.t1 must be from 10ms to 4s");
    }
}

void BindSip(config::Reader& reader, GatewaySettings& gateway) {
    reader.Bind("sip.listen", gateway.sip_listen);
    gateway.udp_port = BindPort(reader, "sip.udp_port", 5060);
    gateway.tcp_port = BindPort(reader, "sip.tcp_port", 5060);
    gateway.tls_port = BindPort(reader, "sip.tls_port", -1);
    reader.Bind("sip.announced_host", gateway.transport.announced_host);
    reader.Bind("sip.certificate", gateway.transport.tls.certificate_file);
    reader.Bind("sip.key", gateway.transport.tls.key_file);
    reader.Bind("sip.ca", gateway.transport.tls.ca_file);
    reader.Bind("sip.realm", gateway.realm);
    gateway.legs.domain =
        gateway.transport.announced_host.empty() ? gateway.sip_listen : gateway.transport.announced_host;
    reader.Bind("sip.domain", gateway.legs.domain);
    BindRoundTrip(reader, gateway.user_agent.times);
    BindDuration(reader, "sip.session_expires", gateway.user_agent.session_expires);
    BindDuration(reader, "sip.registration_min", gateway.registrar.min_expires);
    BindDuration(reader, "sip.registration_max", gateway.registrar.max_expires);
}

void BindMedia(config::Reader& reader, GatewaySettings& gateway) {
    media::EngineOptions& engine = gateway.engine;
    MediaAddress& address = gateway.legs.media;
    reader.Bind("rtp.address", address.announced);
    engine.local_ip = address.announced;
    reader.Bind("rtp.listen", engine.local_ip);
    BindPortNumber(reader, "rtp.port_low", engine.first_port);
    BindPortNumber(reader, "rtp.port_high", engine.last_port);
    reader.Bind("rtp.threads", engine.threads, 1, 64);
    BindDuration(reader, "rtp.port_rest", engine.port_rest);
    BindDuration(reader, "rtp.timeout", engine.media_timeout);
    address.port_low = engine.first_port;
    address.port_high = engine.last_port;
    address.allow_loopback = address.announced.starts_with("127.") || address.announced == "::1";
    reader.Bind("rtp.allow_loopback", address.allow_loopback);
}

std::string RandomSecret() {
    std::string secret(32, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char*>(secret.data()), static_cast<int>(secret.size())) != 1) {
        throw config::ConfigError("no random numbers can be had from OpenSSL");
    }
    return secret;
}

}  // namespace

Config LoadConfig(int argc, char** argv) {
    config::Reader reader("trunk", argc, argv);
    Config config;
    config.host.name = "trunk";
    service::Bind(reader, config.host);
    config.database.schema = "trunk";
    reader.Require("database.url", config.database.url);
    std::string password_file;
    reader.Bind("database.password_file", password_file);
    if (!password_file.empty()) {
        config.database.password = config::ReadSecret(password_file);
    }
    reader.Bind("bus.listen", config.bus_listen);
    BindSip(reader, config.gateway);
    BindMedia(reader, config.gateway);
    reader.Bind("link.grace", config.gateway.grace);
    reader.Bind("browser.grace", config.gateway.browser_grace);
    int most_calls = static_cast<int>(config.gateway.most_calls);
    reader.Bind("limits.calls", most_calls, 1, 100'000);
    config.gateway.most_calls = static_cast<size_t>(most_calls);
    int processor_percent = static_cast<int>(config.gateway.load.processor * 100);
    reader.Bind("limits.processor_percent", processor_percent, 1, 100);
    config.gateway.load.processor = processor_percent / 100.0;
    std::chrono::milliseconds lag(static_cast<int64_t>(config.gateway.load.lag_millis));
    reader.Bind("limits.lag", lag);
    config.gateway.load.lag_millis = static_cast<double>(lag.count());
    config.gateway.user_agent.max_sessions = config.gateway.most_calls * (kMaxLiveLegs + 1);
    reader.Bind("spool.directory", config.spool_directory);
    reader.Bind("prompts.directory", config.prompts_directory);
    reader.Finish();
    config.gateway.nonce_secret = RandomSecret();
    return config;
}

}  // namespace trunkline::trunk

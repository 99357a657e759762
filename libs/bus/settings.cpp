// Binding of the shared settings.
#include "bus/settings.hpp"

#include "bus/outbox.hpp"
#include "log/keys.hpp"
#include "log/log.hpp"

namespace trunkline::bus {
namespace {

std::string Peer(const std::map<std::string, std::string>& peers, const std::string& key) {
    const auto found = peers.find(key);
    if (found == peers.end() || found->second.empty()) {
        throw config::ConfigError("peers." + key + " is missing; it must name the other service's address");
    }
    return found->second;
}

}  // namespace

std::string Settings::PeerGrpc(const std::string& service) const { return Peer(peers, service + ".grpc"); }

std::vector<Source> Settings::Sources(const std::vector<std::string>& services) const {
    std::vector<Source> sources;
    for (const std::string& service : services) {
        sources.push_back({service, Peer(peers, service + ".bus"), PeerGrpc(service)});
    }
    return sources;
}

void Bind(config::Reader& reader, const std::string& service, Settings& settings) {
    settings.database.schema = service;
    settings.publisher.source = service;
    settings.publisher.poll = std::chrono::seconds(1);  // every service tells its relay
    reader.Require("database.url", settings.database.url);
    std::string password_file;
    reader.Bind("database.password_file", password_file);
    if (!password_file.empty()) {
        settings.database.password = config::ReadSecret(password_file);
    }
    reader.Bind("database.connections", settings.database.size, 1, 64);
    reader.Bind("bus.listen", settings.publisher.listen);
    settings.peers = reader.Section("peers");
}

void MigrateAtStart(db::Pool& pool, const db::Migrations& migrations, std::chrono::seconds patience) {
    db::Migrations all = OutboxMigration();
    all.insert(all.end(), migrations.begin(), migrations.end());
    const SystemClock clock;
    const SteadyTime deadline = clock.SteadyNow() + patience;
    for (;;) {
        const Status done = pool.Migrate(all);
        if (done.ok()) {
            return;
        }
        if (done.error().code != Code::kUnavailable || clock.SteadyNow() >= deadline) {
            throw std::runtime_error("cannot prepare schema " + pool.config().schema + ": " + done.error().message);
        }
        log::Warning("waiting for the database", {{log::kReason, done.error().message}});
        SleepFor(std::chrono::milliseconds{500});
    }
}

}  // namespace trunkline::bus

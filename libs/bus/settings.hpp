// The settings that every service of the bus shares: its database, its publisher, its peers.
#pragma once
#include <string>
#include <vector>

#include "bus/publisher.hpp"
#include "bus/subscriber.hpp"
#include "config/config.hpp"
#include "db/pool.hpp"

namespace trunkline::bus {

struct Settings {
    db::PoolConfig database;
    PublisherConfig publisher;
    std::map<std::string, std::string> peers;  // "acd.grpc" -> "127.0.0.1:7002"

    // host:port of another service's API. Throws config::ConfigError when peers.<service>.grpc is missing.
    std::string PeerGrpc(const std::string& service) const;
    // What a Subscriber needs of these services. Throws config::ConfigError when an address is missing.
    std::vector<Source> Sources(const std::vector<std::string>& services) const;
};

// Binds database.url, database.password_file, database.connections, bus.listen and peers.* of `service`.
void Bind(config::Reader& reader, const std::string& service, Settings& settings);

// Applies the bus's own tables and then the service's migrations; while the database is away, keeps trying for
// `patience`. Throws std::runtime_error with the reason when it cannot.
void MigrateAtStart(db::Pool& pool, const db::Migrations& migrations,
                    std::chrono::seconds patience = std::chrono::seconds{60});

}  // namespace trunkline::bus

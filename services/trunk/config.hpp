// The settings of trunk. README.md lists the keys.
#pragma once
#include <string>

#include "db/pool.hpp"
#include "service/host.hpp"
#include "trunk/adapters/gateway.hpp"

namespace trunkline::trunk {

struct Config {
    service::HostConfig host;
    db::PoolConfig database;
    std::string bus_listen = "tcp://127.0.0.1:0";
    GatewaySettings gateway;
    std::string spool_directory = "var/spool";
    std::string prompts_directory = "var/prompts";
};

// Throws config::ConfigError naming the key.
Config LoadConfig(int argc, char** argv);

}  // namespace trunkline::trunk

// Settings of the router.
#pragma once
#include "bus/settings.hpp"
#include "service/host.hpp"

namespace trunkline::acd {

struct Config {
    service::HostConfig host;
    bus::Settings bus;  // database, bus and the peers trunk and ivr
};

// Throws config::ConfigError with the key's path.
Config LoadConfig(int argc, char** argv);

}  // namespace trunkline::acd

// Settings of the knowledge service.
#pragma once
#include "bus/settings.hpp"
#include "service/host.hpp"

namespace trunkline::knowledge {

struct Config {
    service::HostConfig host;
    bus::Settings bus;
};

// Throws config::ConfigError with the key's path.
Config LoadConfig(int argc, char** argv);

}  // namespace trunkline::knowledge

// Settings of the work-order service.
#pragma once
#include <string>

#include "bus/settings.hpp"
#include "service/host.hpp"

namespace trunkline::workorder {

struct Config {
    service::HostConfig host;
    bus::Settings bus;
    std::string time_zone = "Asia/Shanghai";  // IANA name; of the working calendar and of order numbers
};

// Throws config::ConfigError with the key's path.
Config LoadConfig(int argc, char** argv);

}  // namespace trunkline::workorder

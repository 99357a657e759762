// Settings of the work-order service.
#pragma once
#include <string>

#include "bus/settings.hpp"
#include "service/host.hpp"
#include "workorder/domain/vocabulary.hpp"

namespace trunkline::workorder {

struct Config {
    service::HostConfig host;
    bus::Settings bus;
    std::string time_zone = "Asia/Shanghai";            // IANA name; of order numbers and of days in statistics
    std::chrono::milliseconds proof_wait = kProofWait;  // for proof of delivery, before a message goes the next way
    std::string operator_kind = "bus";  // whose types and units are installed: bus, coach, gas, tourism, railway
};

// Throws config::ConfigError with the key's path.
Config LoadConfig(int argc, char** argv);

}  // namespace trunkline::workorder

// Settings of the customer service.
#pragma once
#include <string>

#include "bus/settings.hpp"
#include "phone/phone.hpp"
#include "service/host.hpp"

namespace trunkline::customer {

struct Config {
    service::HostConfig host;
    bus::Settings bus;
    std::string tenant_key;  // from numbers.key_file; of hashes, seals and proofs
    phone::Place place;      // numbers.country, numbers.area_code: of numbers written without them
};

// Throws config::ConfigError with the key's path.
Config LoadConfig(int argc, char** argv);

}  // namespace trunkline::customer

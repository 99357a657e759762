// Settings of identity.
#pragma once
#include <string>
#include <vector>

#include "bus/settings.hpp"
#include "identity/adapters/sodium_secrets.hpp"
#include "identity/app/front_door.hpp"
#include "service/host.hpp"

namespace trunkline::identity {

struct Config {
    service::HostConfig host;
    bus::Settings bus;
    FrontDoorConfig door;
    HasherConfig hasher;
    // What keys of code generators are sealed with; made at the first start.
    std::string totp_key_file = "totp.key";
    // The first start writes the administrator's one-time password here, readable by the owner only.
    std::string first_password_file = "administrator.password";
};

// Throws config::ConfigError with the key's path.
Config LoadConfig(int argc, char** argv);

}  // namespace trunkline::identity

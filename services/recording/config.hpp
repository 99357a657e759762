// Settings of recording.
#pragma once
#include <string>

#include "bus/settings.hpp"
#include "recording/adapters/cipher.hpp"
#include "service/host.hpp"

namespace trunkline::recording {

struct Config {
    service::HostConfig host;
    bus::Settings bus;
    std::string store_directory;  // encrypted recordings; to be backed up with the database
    int retention_days = 0;       // recordings are deleted after so many days; 0: never
    Key store_key{};  // 64 hexadecimal digits in the file store.key_file, mode 0400; to be kept elsewhere too
};

// Throws config::ConfigError with the key's path.
Config LoadConfig(int argc, char** argv);

}  // namespace trunkline::recording

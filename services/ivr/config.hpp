// Settings of self service.
#pragma once
#include <string>

#include "bus/settings.hpp"
#include "ivr/adapters/espeak_engine.hpp"
#include "service/host.hpp"

namespace trunkline::ivr {

struct Config {
    service::HostConfig host;
    bus::Settings bus;
    std::string prompts_directory;  // spoken and uploaded prompts; to be backed up with the database
    EspeakEngine::Settings speech;
};

// Throws config::ConfigError with the key's path.
Config LoadConfig(int argc, char** argv);

}  // namespace trunkline::ivr

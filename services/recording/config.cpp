// Binding of the settings.
#include "recording/config.hpp"

namespace trunkline::recording {

Config LoadConfig(int argc, char** argv) {
    config::Reader reader("recording", argc, argv);
    Config config;
    std::string key_file;
    config.host.name = "recording";
    service::Bind(reader, config.host);
    bus::Bind(reader, "recording", config.bus);
    reader.Require("store.directory", config.store_directory);
    reader.Require("store.key_file", key_file);
    reader.Bind("store.retention_days", config.retention_days, 0, 36'500);
    reader.Finish();
    const auto key = ParseKey(config::ReadSecret(key_file));
    if (!key) throw config::ConfigError("store.key_file = " + key_file + ": " + key.error().message);
    config.store_key = *key;
    return config;
}

}  // namespace trunkline::recording

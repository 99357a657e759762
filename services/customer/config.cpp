// Binding of the settings.
#include "customer/config.hpp"

namespace trunkline::customer {

Config LoadConfig(int argc, char** argv) {
    config::Reader reader("customer", argc, argv);
    Config config;
    std::string key_file;
    config.host.name = "customer";
    config.bus.database.size = 8;
    service::Bind(reader, config.host);
    bus::Bind(reader, "customer", config.bus);
    reader.Require("numbers.key_file", key_file);
    reader.Bind("numbers.country", config.place.country);
    reader.Bind("numbers.area_code", config.place.area_code);
    reader.Finish();
    config.tenant_key = config::ReadSecret(key_file);
    if (config.tenant_key.size() < 16) {
        throw config::ConfigError("numbers.key_file = " + key_file + ": the key must have 16 bytes or more");
    }
    return config;
}

}  // namespace trunkline::customer

// Binding of the settings.
#include "acd/config.hpp"

namespace trunkline::acd {

Config LoadConfig(int argc, char** argv) {
    config::Reader reader("acd", argc, argv);
    Config config;
    config.host.name = "acd";
    service::Bind(reader, config.host);
    bus::Bind(reader, "acd", config.bus);
    reader.Finish();
    return config;
}

}  // namespace trunkline::acd

// Binding of the settings.
#include "knowledge/config.hpp"

namespace trunkline::knowledge {

Config LoadConfig(int argc, char** argv) {
    config::Reader reader("knowledge", argc, argv);
    Config config;
    config.host.name = "knowledge";
    config.bus.database.size = 8;
    service::Bind(reader, config.host);
    bus::Bind(reader, "knowledge", config.bus);
    reader.Finish();
    return config;
}

}  // namespace trunkline::knowledge

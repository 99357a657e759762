// Binding of the settings.
#include "reporting/config.hpp"

namespace trunkline::reporting {

Config LoadConfig(int argc, char** argv) {
    config::Reader reader("reporting", argc, argv);
    Config config;
    config.host.name = "reporting";
    service::Bind(reader, config.host);
    bus::Bind(reader, "reporting", config.bus);
    reader.Finish();
    return config;
}

}  // namespace trunkline::reporting

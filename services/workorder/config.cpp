// Binding of the settings.
#include "workorder/config.hpp"

namespace trunkline::workorder {

Config LoadConfig(int argc, char** argv) {
    config::Reader reader("workorder", argc, argv);
    Config config;
    config.host.name = "workorder";
    service::Bind(reader, config.host);
    bus::Bind(reader, "workorder", config.bus);
    reader.Bind("calendar.time_zone", config.time_zone);
    reader.Finish();
    return config;
}

}  // namespace trunkline::workorder

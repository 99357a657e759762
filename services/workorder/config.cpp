// Binding of the settings.
#include "workorder/config.hpp"

#include "calendar/working_calendar.hpp"

namespace trunkline::workorder {

Config LoadConfig(int argc, char** argv) {
    config::Reader reader("workorder", argc, argv);
    Config config;
    config.host.name = "workorder";
    config.host.kept_threads = 16;
    service::Bind(reader, config.host);
    bus::Bind(reader, "workorder", config.bus);
    reader.Bind("calendar.time_zone", config.time_zone);
    reader.Bind("notices.proof_wait", config.proof_wait);
    reader.Bind("defaults.operator", config.operator_kind);
    reader.Finish();
    calendar::Rules rules;
    rules.time_zone = config.time_zone;
    if (const auto known = calendar::WorkingCalendar::Make(rules); !known.ok()) {
        throw config::ConfigError("calendar.time_zone: " + known.error().message);
    }
    return config;
}

}  // namespace trunkline::workorder

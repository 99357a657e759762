// Binding of the settings.
#include "identity/config.hpp"

namespace trunkline::identity {

Config LoadConfig(int argc, char** argv) {
    config::Reader reader("identity", argc, argv);
    Config config;
    config.host.name = "identity";
    service::Bind(reader, config.host);
    bus::Bind(reader, "identity", config.bus);
    reader.Bind("sessions.idle", config.door.limits.idle);
    reader.Bind("sessions.absolute", config.door.limits.absolute);
    reader.Bind("totp.required_roles", config.door.totp_roles);
    reader.Bind("totp.key_file", config.totp_key_file);
    reader.Bind("passwords.at_once", config.hasher.at_once, 1, 64);
    reader.Bind("passwords.queue", config.hasher.queue, 1, 1000);
    reader.Bind("passwords.operations", config.hasher.operations, 1, 20);
    reader.Bind("passwords.memory_mib", config.hasher.memory_mib, 8, 1024);
    reader.Bind("first_start.password_file", config.first_password_file);
    reader.Finish();
    return config;
}

}  // namespace trunkline::identity

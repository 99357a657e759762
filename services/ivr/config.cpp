// Binding of the settings.
#include "ivr/config.hpp"

namespace trunkline::ivr {

Config LoadConfig(int argc, char** argv) {
    config::Reader reader("ivr", argc, argv);
    Config config;
    config.host.name = "ivr";
    service::Bind(reader, config.host);
    bus::Bind(reader, "ivr", config.bus);
    reader.Require("prompts.directory", config.prompts_directory);
    reader.Bind("speech.program", config.speech.program);
    reader.Bind("speech.words_per_minute", config.speech.words_per_minute, 80, 450);
    reader.Bind("speech.limit", config.speech.limit);
    reader.Finish();
    return config;
}

}  // namespace trunkline::ivr

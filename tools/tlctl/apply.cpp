// Every section of a set-up file is one method called once for each object.
#include "apply.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>

namespace trunkline::tlctl {
namespace {

using Json = nlohmann::ordered_json;

struct Section {
    const char* name;
    const char* field;  // of the request that holds the object; empty: the object is the request
    const char* id;     // where the object names itself
    const char* service;
    const char* method;
};

constexpr Section kSections[] = {
    {"units", "unit", "unit_id", "identity", "trunkline.identity.v1.Units/PutUnit"},
    {"roles", "role", "role_id", "identity", "trunkline.identity.v1.Roles/PutRole"},
    {"users", "", "user/login_name", "identity", "trunkline.identity.v1.Users/PutUser"},
    {"phones", "phone", "name", "trunk", "trunkline.trunk.v1.Directory/PutPhone"},
    {"trunks", "trunk", "name", "trunk", "trunkline.trunk.v1.Directory/PutTrunk"},
    {"trunk_groups", "group", "name", "trunk", "trunkline.trunk.v1.Directory/PutTrunkGroup"},
    {"media", "medium", "medium", "acd", "trunkline.acd.v1.Media/PutMedium"},
    {"queues", "queue", "queue_id", "acd", "trunkline.acd.v1.Queues/PutQueue"},
    {"reasons", "reason", "reason", "acd", "trunkline.acd.v1.Agents/PutReason"},
    {"categories", "category", "category_id", "acd", "trunkline.acd.v1.Dispositions/PutCategory"},
    {"agents", "agent", "agent_id", "acd", "trunkline.acd.v1.Agents/PutAgent"},
    {"logins", "", "agent_id", "acd", "trunkline.acd.v1.Agents/LogInAgent"},
    {"states", "", "agent_id", "acd", "trunkline.acd.v1.Agents/SetAgentState"},
    {"flows", "flow", "name", "ivr", "trunkline.ivr.v1.Flows/PublishFlow"},
    {"numbers", "number", "number", "trunk", "trunkline.trunk.v1.Directory/PutNumber"},
};

Result<Json> ParseFile(const std::string& path) {
    const auto text = ReadFile(path);
    if (!text.ok()) {
        return text.error();
    }
    Json json = Json::parse(*text, nullptr, false);
    if (json.is_discarded()) {
        return Error{Code::kInvalidArgument, "BAD_JSON", path + " is not valid JSON"};
    }
    return json;
}

Status ApplySection(Suite& suite, const Section& section, const Json& objects, const std::filesystem::path& folder) {
    for (const Json& entry : objects) {
        Json object = entry;
        if (entry.is_string()) {
            auto file = ParseFile((folder / entry.get<std::string>()).string());
            if (!file.ok()) {
                return file.error();
            }
            object = std::move(file).value();
        }
        const std::string id = object.value(Json::json_pointer(std::string("/") + section.id), "?");
        const std::string field = section.field;
        const Json request = field.empty() ? object : Json{{field, object}};
        const std::string what = field.empty() ? section.name : field;
        const auto done = suite.Invoke(section.service, section.method, request.dump());
        if (!done.ok()) {
            Error error = done.error();
            error.message = what + " " + id + ": " + error.message;
            return error;
        }
        std::cout << what << " " << id << (field.empty() ? " done\n" : " stored\n");
    }
    return {};
}

}  // namespace

Result<std::string> ReadFile(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    if (!stream) {
        return Error{Code::kNotFound, "NO_FILE", "cannot read " + path};
    }
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

Status Apply(Suite& suite, const std::string& path) {
    const auto setup = ParseFile(path);
    if (!setup.ok()) {
        return setup.error();
    }
    for (const auto& [name, value] : setup->items()) {
        const bool known = std::any_of(std::begin(kSections), std::end(kSections),
                                       [&, &key = name](const Section& section) { return key == section.name; });
        if (!known) {
            return Error{Code::kInvalidArgument, "UNKNOWN_SECTION", path + " has an unknown section '" + name + "'"};
        }
    }
    for (const Section& section : kSections) {
        if (setup->contains(section.name)) {
            const auto folder = std::filesystem::path(path).parent_path();
            if (Status done = ApplySection(suite, section, (*setup)[section.name], folder); !done.ok()) {
                return done;
            }
        }
    }
    return {};
}

}  // namespace trunkline::tlctl

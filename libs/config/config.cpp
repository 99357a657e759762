// YAML is flattened to dotted keys once; everything else works on strings.
#include "config/config.hpp"

#include <sys/stat.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace trunkline::config {
namespace {

void Flatten(const YAML::Node& node, const std::string& path, std::map<std::string, std::string>& out) {
    if (node.IsMap()) {
        for (const auto& entry : node) {
            const auto name = entry.first.as<std::string>();
            Flatten(entry.second, path.empty() ? name : path + "." + name, out);
        }
    } else if (node.IsSequence()) {
        std::string joined;
        for (const auto& entry : node) {
            joined += (joined.empty() ? "" : ",") + entry.as<std::string>();
        }
        out[path] = joined;
    } else if (node.IsScalar()) {
        out[path] = node.as<std::string>();
    } else if (!path.empty()) {
        out[path] = "";
    }
}

std::string VariableName(const std::string& service, const std::string& key) {
    std::string name = "TRUNKLINE_" + service + "_" + key;
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return c == '.' || c == '-' ? '_' : static_cast<char>(std::toupper(c)); });
    return name;
}

std::string FileArgument(const std::string& service, int argc, char** argv) {
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        if (argument == "--config" && i + 1 < argc) {
            return argv[i + 1];
        }
        if (argument.rfind("--config=", 0) == 0) {
            return argument.substr(9);
        }
    }
    if (argc > 1) {
        throw ConfigError(service + ": unknown argument '" + argv[1] + "'; usage: " + service + " --config FILE");
    }
    return "";
}

}  // namespace

Reader::Reader(std::string service, int argc, char** argv) : service_(std::move(service)) {
    file_ = FileArgument(service_, argc, argv);
    if (file_.empty()) {
        return;
    }
    try {
        Flatten(YAML::LoadFile(file_), "", values_);
    } catch (const YAML::BadFile&) {
        throw ConfigError(service_ + ": cannot read the configuration file " + file_);
    } catch (const YAML::Exception& error) {
        throw ConfigError(service_ + ": " + file_ + " is not valid YAML: " + error.what());
    }
    for (const auto& [key, value] : values_) {
        origins_[key] = file_;
    }
}

bool Reader::Lookup(const std::string& key, std::string& text) {
    known_.insert(key);
    const std::string variable = VariableName(service_, key);
    if (const char* value = std::getenv(variable.c_str())) {
        text = value;
        origins_[key] = "environment variable " + variable;
        return true;
    }
    const auto found = values_.find(key);
    if (found == values_.end()) {
        return false;
    }
    text = found->second;
    return true;
}

void Reader::Fail(const std::string& key, const std::string& text, const std::string& wanted) const {
    const auto origin = origins_.find(key);
    throw ConfigError(service_ + ": " + key + " = '" + text + "' in " +
                      (origin == origins_.end() ? "the configuration" : origin->second) + " is not valid; it must be " +
                      wanted);
}

void Reader::Bind(const std::string& key, std::string& value) {
    std::string text;
    if (Lookup(key, text)) {
        value = text;
    }
}

void Reader::Bind(const std::string& key, int& value, int lowest, int highest) {
    std::string text;
    if (!Lookup(key, text)) {
        return;
    }
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < lowest || number > highest) {
        Fail(key, text, "a whole number from " + std::to_string(lowest) + " to " + std::to_string(highest));
    }
    value = number;
}

void Reader::Bind(const std::string& key, bool& value) {
    std::string text;
    if (!Lookup(key, text)) {
        return;
    }
    if (text != "true" && text != "false") {
        Fail(key, text, "true or false");
    }
    value = text == "true";
}

void Reader::Bind(const std::string& key, std::chrono::milliseconds& value) {
    std::string text;
    if (!Lookup(key, text)) {
        return;
    }
    int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::string unit = text.substr(static_cast<size_t>(end - text.data()));
    const std::map<std::string, int64_t> units{{"ms", 1}, {"s", 1000}, {"m", 60000}, {"h", 3600000}};
    const auto factor = units.find(unit);
    if (error != std::errc{} || number < 0 || number > 1000000000 || factor == units.end()) {
        Fail(key, text, "a duration such as 250ms, 30s, 10m or 2h");
    }
    value = std::chrono::milliseconds{number * factor->second};
}

void Reader::Bind(const std::string& key, std::vector<std::string>& value) {
    std::string text;
    if (!Lookup(key, text)) {
        return;
    }
    value.clear();
    std::istringstream stream(text);
    for (std::string item; std::getline(stream, item, ',');) {
        if (!item.empty()) {
            value.push_back(item);
        }
    }
}

void Reader::Require(const std::string& key, std::string& value) {
    Bind(key, value);
    if (value.empty()) {
        throw ConfigError(service_ + ": " + key + " is missing; set it in " +
                          (file_.empty() ? "a file given with --config" : file_) + " or in " +
                          VariableName(service_, key));
    }
}

std::map<std::string, std::string> Reader::Section(const std::string& prefix) {
    std::map<std::string, std::string> section;
    for (const auto& [key, value] : values_) {
        if (key.rfind(prefix + ".", 0) == 0) {
            std::string text;
            Lookup(key, text);
            section[key.substr(prefix.size() + 1)] = text;
        }
    }
    return section;
}

void Reader::Finish() const {
    for (const auto& [key, value] : values_) {
        if (!known_.contains(key)) {
            throw ConfigError(service_ + ": unknown key " + key + " in " + file_ + "; check its spelling");
        }
    }
}

std::string ReadSecret(const std::string& path) {
    struct stat info {};
    if (stat(path.c_str(), &info) != 0) {
        throw ConfigError("cannot read the secret file " + path);
    }
    if ((info.st_mode & 077) != 0) {
        throw ConfigError("the secret file " + path + " can be read by others; run chmod 0400 on it");
    }
    std::ifstream stream(path);
    std::string text;
    std::getline(stream, text);
    return text;
}

}  // namespace trunkline::config

// Settings of a process: defaults in the code, then a YAML file, then the environment. A key nobody asked for or a
// value that does not fit stops the start with the key's path.
#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace trunkline::config {

// A setting is wrong; the text names the key, the file or variable it came from, and what is allowed.
class ConfigError : public std::runtime_error {
 public:
    using std::runtime_error::runtime_error;
};

// Reads the settings of one service. `--config FILE` names the YAML file; TRUNKLINE_<SERVICE>_<KEY> (dots become
// underscores, upper case) overrides a key. Used at start only, on one thread.
class Reader {
 public:
    // Throws ConfigError when the file is missing or is not YAML.
    Reader(std::string service, int argc, char** argv);

    void Bind(const std::string& key, std::string& value);
    void Bind(const std::string& key, int& value, int lowest, int highest);
    void Bind(const std::string& key, bool& value);
    // "250ms", "30s", "10m", "2h".
    void Bind(const std::string& key, std::chrono::milliseconds& value);
    void Bind(const std::string& key, std::vector<std::string>& value);
    // As Bind, but the key must be given.
    void Require(const std::string& key, std::string& value);
    // Every key below `prefix` with its value: Section("peers") gives {"acd.grpc": "127.0.0.1:7002", ...}.
    std::map<std::string, std::string> Section(const std::string& prefix);

    // Throws ConfigError when the file holds a key that nobody bound.
    void Finish() const;

 private:
    bool Lookup(const std::string& key, std::string& text);
    [[noreturn]] void Fail(const std::string& key, const std::string& text, const std::string& wanted) const;

    std::string service_;
    std::string file_;
    std::map<std::string, std::string> values_;
    std::set<std::string> known_;
    std::map<std::string, std::string> origins_;
};

// The content of a file with a secret, without the line break at its end. Throws ConfigError when it cannot be read or
// when others than its owner may read it.
std::string ReadSecret(const std::string& path);

}  // namespace trunkline::config

// Settings: order of sources, strictness, texts of errors.
#include "config/config.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace trunkline::config {
namespace {

class File {
 public:
    explicit File(const std::string& text, mode_t mode = 0600)
        : path_(std::filesystem::temp_directory_path() /
                ("config-" + std::to_string(getpid()) + "-" + std::to_string(++count_) + ".yaml")) {
        std::ofstream(path_) << text;
        chmod(path_.c_str(), mode);
    }
    ~File() { std::filesystem::remove(path_); }
    const std::string& path() const { return path_; }

 private:
    static inline int count_ = 0;
    std::string path_;
};

Reader Open(const std::string& path) {
    std::string program = "acd";
    std::string flag = "--config";
    std::string value = path;
    char* arguments[] = {program.data(), flag.data(), value.data()};
    return Reader("acd", 3, arguments);
}

TEST_CASE("config: the file overrides the default and the environment overrides the file", "[config]") {
    const File file("queue:\n  limit: 5\nname: hall\n");
    int limit = 1;
    std::string name = "none";
    auto reader = Open(file.path());
    reader.Bind("queue.limit", limit, 1, 10);
    setenv("TRUNKLINE_ACD_NAME", "street", 1);
    reader.Bind("name", name);
    unsetenv("TRUNKLINE_ACD_NAME");
    reader.Finish();
    REQUIRE(limit == 5);
    REQUIRE(name == "street");
}

TEST_CASE("config: a misspelt key stops the start and is named", "[config]") {
    const File file("queue:\n  limitt: 5\n");
    auto reader = Open(file.path());
    REQUIRE_THROWS_WITH(reader.Finish(), Catch::Contains("queue.limitt") && Catch::Contains(file.path()));
}

TEST_CASE("config: a value out of range names the key and the range", "[config]") {
    const File file("port: 70000\n");
    auto reader = Open(file.path());
    int port = 0;
    REQUIRE_THROWS_WITH(reader.Bind("port", port, 1, 65535),
                        Catch::Contains("port = '70000'") && Catch::Contains("65535"));
}

TEST_CASE("config: durations need a unit", "[config]") {
    const File good("limit: 90s\n");
    auto reader = Open(good.path());
    std::chrono::milliseconds limit{};
    reader.Bind("limit", limit);
    REQUIRE(limit == std::chrono::seconds(90));
    const File bad("limit: 90\n");
    auto other = Open(bad.path());
    REQUIRE_THROWS_WITH(other.Bind("limit", limit), Catch::Contains("250ms"));
}

TEST_CASE("config: broken YAML and a missing file are told with the file's name", "[config]") {
    const File file("a: [1,\n");
    REQUIRE_THROWS_WITH(Open(file.path()), Catch::Contains(file.path()));
    REQUIRE_THROWS_WITH(Open("/nonexistent/acd.yaml"), Catch::Contains("/nonexistent/acd.yaml"));
}

TEST_CASE("config: a secret that others can read is refused", "[config]") {
    const File open_file("hush\n", 0644);
    REQUIRE_THROWS_WITH(ReadSecret(open_file.path()), Catch::Contains("chmod 0400"));
    const File closed_file("hush\n", 0400);
    REQUIRE(ReadSecret(closed_file.path()) == "hush");
}

}  // namespace
}  // namespace trunkline::config

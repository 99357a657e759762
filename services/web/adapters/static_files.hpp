// The built front end from a folder: kept in memory, compressed once, found again when it was built anew.
#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "web/adapters/http_types.hpp"

namespace trunkline::web {

// Used on the server's thread.
class StaticFiles {
 public:
    explicit StaticFiles(std::string folder) : folder_(std::move(folder)) {}
    // The answer to GET or HEAD of a path: a file, index.html for a page of the application, or 404.
    Response Answer(const Request& request);

 private:
    struct File {
        std::filesystem::file_time_type written;
        std::shared_ptr<const std::string> bytes;
        std::shared_ptr<const std::string> compressed;  // null when it does not pay
        std::string tag;
    };
    const File* Load(const std::string& path);
    Response Found(const Request& request, const std::string& path, const File& file) const;

    const std::filesystem::path folder_;
    std::map<std::string, File> files_;
    size_t bytes_ = 0;
};

}  // namespace trunkline::web

// Hashed names never change, so browsers may keep them; index.html is asked for each time.
#include "web/adapters/static_files.hpp"

#include <zlib.h>

#include <array>
#include <fstream>
#include <sstream>

#include "web/adapters/compression.hpp"

namespace trunkline::web {
namespace {

namespace fs = std::filesystem;

constexpr size_t kLargestFile = 32 << 20;
constexpr size_t kLargestCache = 256 << 20;

struct Type {
    std::string_view ending;
    std::string_view name;
    bool compress;
};
constexpr std::array<Type, 18> kTypes{{{".html", "text/html; charset=utf-8", true},
                                       {".js", "text/javascript; charset=utf-8", true},
                                       {".mjs", "text/javascript; charset=utf-8", true},
                                       {".css", "text/css; charset=utf-8", true},
                                       {".json", "application/json", true},
                                       {".webmanifest", "application/manifest+json", true},
                                       {".svg", "image/svg+xml", true},
                                       {".txt", "text/plain; charset=utf-8", true},
                                       {".wasm", "application/wasm", true},
                                       {".png", "image/png", false},
                                       {".jpg", "image/jpeg", false},
                                       {".webp", "image/webp", false},
                                       {".ico", "image/x-icon", false},
                                       {".woff2", "font/woff2", false},
                                       {".wav", "audio/wav", false},
                                       {".mp3", "audio/mpeg", false},
                                       {".ogg", "audio/ogg", false},
                                       {".map", "application/json", true}}};

const Type* TypeOf(const std::string& path) {
    for (const Type& type : kTypes) {
        if (path.ends_with(type.ending)) {
            return &type;
        }
    }
    return nullptr;
}

std::shared_ptr<const std::string> Compress(const std::string& bytes) {
    std::string packed = Gzip(bytes, 9);
    return packed.empty() ? nullptr : Body(std::move(packed));
}

// Letters, digits and a few signs, no step upwards, nothing hidden; empty when it is anything else.
std::string SafePath(std::string_view target) {
    std::string path(target.substr(1, target.find_first_of("?#") - 1));
    for (const char c : path) {
        const bool sound = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
                           c == '-' || c == '_' || c == '/';
        if (!sound) {
            return "";
        }
    }
    return path.starts_with('.') || path.find("/.") != std::string::npos || path.find("//") != std::string::npos ? ""
                                                                                                                 : path;
}

}  // namespace

const StaticFiles::File* StaticFiles::Load(const std::string& path) {
    std::error_code error;
    const fs::path file = folder_ / path;
    const auto written = fs::last_write_time(file, error);
    if (error || !fs::is_regular_file(file, error) || fs::file_size(file, error) > kLargestFile) {
        files_.erase(path);
        return nullptr;
    }
    const auto cached = files_.find(path);
    if (cached != files_.end() && cached->second.written == written) {
        return &cached->second;
    }
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    File loaded{written, Body(text.str()), nullptr, ""};
    const Type* type = TypeOf(path);
    loaded.compressed = type != nullptr && type->compress ? Compress(*loaded.bytes) : nullptr;
    loaded.tag = "\"" +
                 std::to_string(crc32(0, reinterpret_cast<const Bytef*>(loaded.bytes->data()),
                                      static_cast<uInt>(loaded.bytes->size()))) +
                 "-" + std::to_string(loaded.bytes->size()) + "\"";
    bytes_ += loaded.bytes->size();
    if (bytes_ > kLargestCache) {
        files_.clear();
        bytes_ = loaded.bytes->size();
    }
    return &(files_[path] = std::move(loaded));
}

Response StaticFiles::Found(const Request& request, const std::string& path, const File& file) const {
    const bool hashed = path.starts_with("assets/");
    const Type* type = TypeOf(path);
    Response response{200,
                      {{"content-type", std::string(type == nullptr ? "application/octet-stream" : type->name)},
                       {"cache-control", hashed ? "public, max-age=31536000, immutable" : "no-cache"},
                       {"etag", file.tag},
                       {"vary", "accept-encoding"}},
                      file.bytes};
    if (request.Header("If-None-Match") == file.tag) {
        response.status = 304;
        response.body = nullptr;
    } else if (file.compressed && request.Header("Accept-Encoding").find("gzip") != std::string_view::npos) {
        response.headers.emplace_back("content-encoding", "gzip");
        response.body = file.compressed;
    }
    return response;
}

Response StaticFiles::Answer(const Request& request) {
    std::string path = request.target == "/" ? "index.html" : SafePath(request.target);
    const File* file = path.empty() ? nullptr : Load(path);
    // A page of the application has no ending: its address is for the script, which begins in index.html.
    const bool page = path == "index.html" || path.find('.') == std::string::npos;
    if (file == nullptr && page && !request.target.starts_with("/trunkline.")) {
        path = "index.html";
        file = Load(path);
        if (file == nullptr) {
            return TextResponse(404, "the front end is not built here; see services/web/README.md\n");
        }
    }
    return file == nullptr ? TextResponse(404, "not found\n") : Found(request, path, *file);
}

}  // namespace trunkline::web

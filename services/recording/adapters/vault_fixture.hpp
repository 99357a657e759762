// A folder for one test, and audio of any bytes.
#pragma once
#include <algorithm>
#include <filesystem>

#include "ids/ids.hpp"
#include "recording/adapters/file_vault.hpp"

namespace trunkline::recording {

struct TemporaryFolder {
    TemporaryFolder() : path(std::filesystem::temp_directory_path() / ("vault-" + UuidGenerator{}.New())) {}
    ~TemporaryFolder() { std::filesystem::remove_all(path); }
    std::filesystem::path path;
};

class BytesAudio final : public Audio {
 public:
    explicit BytesAudio(Bytes bytes) : bytes_(std::move(bytes)) {}
    Result<size_t> Read(std::span<uint8_t> buffer) override {
        const size_t count = std::min(buffer.size(), bytes_.size() - read_);
        std::copy_n(bytes_.begin() + static_cast<ptrdiff_t>(read_), count, buffer.begin());
        read_ += count;
        return count;
    }

 private:
    Bytes bytes_;
    size_t read_ = 0;
};

// Bytes that repeat after a prime number, so that parts differ.
inline Bytes Pattern(size_t size) {
    Bytes bytes(size);
    for (size_t i = 0; i < size; ++i) bytes[i] = static_cast<uint8_t>(i % 251);
    return bytes;
}

}  // namespace trunkline::recording

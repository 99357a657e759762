// A file descriptor that closes itself.
#pragma once
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <span>
#include <utility>

namespace trunkline::recording {

class Descriptor {
 public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }

    bool ok() const { return number_ >= 0; }
    int number() const { return number_; }

    bool WriteAll(std::span<const uint8_t> bytes) const {
        while (!bytes.empty()) {
            const ssize_t written = ::write(number_, bytes.data(), bytes.size());
            if (written < 0 && errno != EINTR) return false;
            if (written > 0) bytes = bytes.subspan(static_cast<size_t>(written));
        }
        return true;
    }
    // Less than the buffer holds at the end of the file or after an error.
    size_t ReadAll(std::span<uint8_t> buffer) const {
        size_t filled = 0;
        while (filled < buffer.size()) {
            const ssize_t got = ::read(number_, buffer.data() + filled, buffer.size() - filled);
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) break;
            filled += static_cast<size_t>(got);
        }
        return filled;
    }

 private:
    int number_;
};

}  // namespace trunkline::recording

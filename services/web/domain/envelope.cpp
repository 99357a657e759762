// Five bytes in front.
#include "web/domain/envelope.hpp"

namespace trunkline::web {
namespace {

constexpr size_t kPrefix = 5;

}  // namespace

std::string Wrap(std::string_view message, uint8_t flags) {
    std::string bytes;
    bytes.reserve(kPrefix + message.size());
    bytes += static_cast<char>(flags);
    for (int shift = 24; shift >= 0; shift -= 8) {
        bytes += static_cast<char>((message.size() >> shift) & 0xff);
    }
    bytes += message;
    return bytes;
}

std::optional<Unwrapped> UnwrapOne(std::string_view bytes) {
    if (bytes.size() < kPrefix) {
        return std::nullopt;
    }
    size_t length = 0;
    for (size_t i = 1; i < kPrefix; ++i) {
        length = length << 8 | static_cast<unsigned char>(bytes[i]);
    }
    if (bytes.size() - kPrefix != length) {
        return std::nullopt;
    }
    return Unwrapped{static_cast<uint8_t>(bytes[0]), bytes.substr(kPrefix)};
}

}  // namespace trunkline::web

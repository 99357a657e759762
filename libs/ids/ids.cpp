// UUIDv7 and UUIDv5 (RFC 9562).
#include "ids/ids.hpp"

#include <sys/random.h>
#include <uuid/uuid.h>

#include <array>
#include <cstdint>

#include "clock/clock.hpp"

namespace trunkline {
namespace {

std::string Format(const unsigned char* bytes) {
    std::array<char, UUID_STR_LEN> text{};
    uuid_unparse_lower(bytes, text.data());
    return text.data();
}

}  // namespace

std::string UuidGenerator::New() {
    std::array<unsigned char, 16> bytes{};
    if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
        uuid_generate_random(bytes.data());
    }
    const auto millis = static_cast<uint64_t>(ToUnixMillis(SystemClock{}.Now()));
    for (int i = 0; i < 6; ++i) {
        bytes[i] = static_cast<unsigned char>(millis >> (40 - 8 * i));
    }
    bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0f) | 0x70);
    bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3f) | 0x80);
    return Format(bytes.data());
}

std::string DerivedId(std::string_view name) {
    // Trunkline's name space, itself a random UUID.
    static constexpr std::array<unsigned char, 16> kNamespace{0x6b, 0x1f, 0x0c, 0x52, 0x97, 0x3e, 0x4a, 0x6d,
                                                              0x8e, 0x21, 0x5d, 0x90, 0x3c, 0x7a, 0xe4, 0x18};
    std::array<unsigned char, 16> bytes{};
    uuid_generate_sha1(bytes.data(), kNamespace.data(), name.data(), name.size());
    return Format(bytes.data());
}

}  // namespace trunkline

// Messages on a stream of the Connect protocol: a byte of flags, four bytes of length, the message.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace trunkline::web {

inline constexpr uint8_t kCompressed = 0x01;
inline constexpr uint8_t kEndOfStream = 0x02;

std::string Wrap(std::string_view message, uint8_t flags = 0);

struct Unwrapped {
    uint8_t flags = 0;
    std::string_view message;  // points into what was given
};
// A request of a server stream is exactly one envelope. Nothing when it is not.
std::optional<Unwrapped> UnwrapOne(std::string_view bytes);

}  // namespace trunkline::web

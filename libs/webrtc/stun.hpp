// STUN messages (RFC 8489) as ICE uses them (RFC 8445): reads requests, writes the answers of a lite agent. Pure.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "rtp/address.hpp"

namespace trunkline::webrtc {

inline constexpr uint16_t kBindingRequest = 0x0001;
inline constexpr uint16_t kBindingResponse = 0x0101;

using StunTransaction = std::array<uint8_t, 12>;

struct StunMessage {
    uint16_t type = 0;
    StunTransaction transaction{};
    std::string_view username;  // into the datagram
    bool use_candidate = false;
    bool has_fingerprint = false;  // and it is right
    // An attribute that must be understood (RFC 8489 section 6.3.1) and is not.
    bool has_unknown = false;
    // Of its MESSAGE-INTEGRITY in the datagram; nothing when there is none.
    std::optional<size_t> integrity_at;
};

// Nothing for what is no whole STUN message: a wrong cookie, length or fingerprint, an attribute beyond the end.
std::optional<StunMessage> ParseStun(std::span<const uint8_t> datagram);

// Was the message made by somebody who knows the password?
bool IsAuthentic(std::span<const uint8_t> datagram, const StunMessage& message, std::string_view password);

// The success response: the mapped address, integrity by `password`, fingerprint.
std::vector<uint8_t> WriteBindingResponse(const StunTransaction& transaction, const rtp::Address& mapped,
                                          std::string_view password);

// A request as a browser's, for tests and for peers of tests.
std::vector<uint8_t> WriteBindingRequest(const StunTransaction& transaction, std::string_view username,
                                         std::string_view password, bool use_candidate);

}  // namespace trunkline::webrtc

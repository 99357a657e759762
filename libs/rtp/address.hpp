// An IP address with a UDP port, IPv4 or IPv6, as plain comparable bytes.
#pragma once
#include <netinet/in.h>

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "result/result.hpp"

namespace trunkline::rtp {

struct Address {
    // Network byte order; IPv4 uses the first four bytes, the others are zero.
    std::array<uint8_t, 16> ip{};
    bool is_v6 = false;
    // 0 means "no address": nothing is sent there.
    uint16_t port = 0;

    auto operator<=>(const Address&) const = default;
    bool SameIp(const Address& other) const { return is_v6 == other.is_v6 && ip == other.ip; }
    bool empty() const { return port == 0; }
};

// From a numeric IP ("192.0.2.1", "2001:db8::1"; no names). INVALID_ADDRESS for anything else.
Result<Address> MakeAddress(std::string_view ip, uint16_t port);

// "192.0.2.1" without the port.
std::string IpText(const Address& address);

// What the socket calls want and give. `storage` must outlive the call; returns the length used.
socklen_t ToSocketAddress(const Address& address, sockaddr_storage& storage);
Address FromSocketAddress(const sockaddr_storage& storage);

}  // namespace trunkline::rtp

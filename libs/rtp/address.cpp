// Conversions between Address, text and the socket structures.
#include "rtp/address.hpp"

#include <arpa/inet.h>

#include <cstring>

namespace trunkline::rtp {

Result<Address> MakeAddress(std::string_view ip, uint16_t port) {
    Address address;
    address.port = port;
    const std::string text(ip);
    if (inet_pton(AF_INET, text.c_str(), address.ip.data()) == 1) return address;
    address.is_v6 = true;
    if (inet_pton(AF_INET6, text.c_str(), address.ip.data()) == 1) return address;
    return Error{Code::kInvalidArgument, "INVALID_ADDRESS", "'" + text + "' is not a numeric IPv4 or IPv6 address"};
}

std::string IpText(const Address& address) {
    char text[INET6_ADDRSTRLEN] = {};
    inet_ntop(address.is_v6 ? AF_INET6 : AF_INET, address.ip.data(), text, sizeof text);
    return text;
}

socklen_t ToSocketAddress(const Address& address, sockaddr_storage& storage) {
    if (address.is_v6) {
        sockaddr_in6 v6{};
        v6.sin6_family = AF_INET6;
        v6.sin6_port = htons(address.port);
        std::memcpy(&v6.sin6_addr, address.ip.data(), 16);
        std::memcpy(&storage, &v6, sizeof v6);
        return sizeof v6;
    }
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(address.port);
    std::memcpy(&v4.sin_addr, address.ip.data(), 4);
    std::memcpy(&storage, &v4, sizeof v4);
    return sizeof v4;
}

Address FromSocketAddress(const sockaddr_storage& storage) {
    Address address;
    if (storage.ss_family == AF_INET6) {
        sockaddr_in6 v6;
        std::memcpy(&v6, &storage, sizeof v6);
        address.is_v6 = true;
        address.port = ntohs(v6.sin6_port);
        std::memcpy(address.ip.data(), &v6.sin6_addr, 16);
        return address;
    }
    sockaddr_in v4;
    std::memcpy(&v4, &storage, sizeof v4);
    address.port = ntohs(v4.sin_port);
    std::memcpy(address.ip.data(), &v4.sin_addr, 4);
    return address;
}

}  // namespace trunkline::rtp

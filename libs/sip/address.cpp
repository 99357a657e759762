// Numeric addresses and protocol names (RFC 3261 sections 18 and 19.1.2).
#include "sip/address.hpp"

#include <arpa/inet.h>

#include <cctype>
#include <cstring>

namespace trunkline::sip {

std::string_view ProtocolName(Protocol protocol) {
    switch (protocol) {
        case Protocol::kUdp:
            return "UDP";
        case Protocol::kTcp:
            return "TCP";
        case Protocol::kTls:
            return "TLS";
    }
    return "UDP";
}

Result<Protocol> ParseProtocol(std::string_view text) {
    std::string upper(text);
    for (char& letter : upper) letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
    for (const Protocol protocol : {Protocol::kUdp, Protocol::kTcp, Protocol::kTls}) {
        if (upper == ProtocolName(protocol)) return protocol;
    }
    return Error{Code::kInvalidArgument, "PROTOCOL_UNKNOWN", "'" + std::string(text) + "' is not UDP, TCP or TLS."};
}

uint16_t DefaultPort(Protocol protocol) { return protocol == Protocol::kTls ? 5061 : 5060; }

SocketAddress::SocketAddress(const sockaddr_storage& storage, socklen_t length) : storage_(storage), length_(length) {}

Result<SocketAddress> SocketAddress::Parse(std::string_view host, uint16_t port) {
    if (host.size() >= 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
    const std::string text(host);
    SocketAddress address;
    auto* v4 = reinterpret_cast<sockaddr_in*>(&address.storage_);
    auto* v6 = reinterpret_cast<sockaddr_in6*>(&address.storage_);
    if (inet_pton(AF_INET, text.c_str(), &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        address.length_ = sizeof(sockaddr_in);
    } else if (inet_pton(AF_INET6, text.c_str(), &v6->sin6_addr) == 1) {
        v6->sin6_family = AF_INET6;
        address.length_ = sizeof(sockaddr_in6);
    } else {
        return Error{Code::kInvalidArgument, "ADDRESS_NOT_NUMERIC", "'" + text + "' is not an IPv4 or IPv6 address."};
    }
    return address.WithPort(port);
}

uint16_t SocketAddress::port() const {
    if (family() == AF_INET6) return ntohs(reinterpret_cast<const sockaddr_in6*>(&storage_)->sin6_port);
    return ntohs(reinterpret_cast<const sockaddr_in*>(&storage_)->sin_port);
}

SocketAddress SocketAddress::WithPort(uint16_t port) const {
    SocketAddress copy = *this;
    if (family() == AF_INET6) {
        reinterpret_cast<sockaddr_in6*>(&copy.storage_)->sin6_port = htons(port);
    } else {
        reinterpret_cast<sockaddr_in*>(&copy.storage_)->sin_port = htons(port);
    }
    return copy;
}

std::string SocketAddress::Host() const {
    if (empty()) return "";
    char text[INET6_ADDRSTRLEN] = "";
    if (family() == AF_INET6) {
        inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6*>(&storage_)->sin6_addr, text, sizeof text);
    } else {
        inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in*>(&storage_)->sin_addr, text, sizeof text);
    }
    return text;
}

std::string SocketAddress::HostText() const { return family() == AF_INET6 ? "[" + Host() + "]" : Host(); }

std::string SocketAddress::ToString() const { return empty() ? "" : HostText() + ":" + std::to_string(port()); }

bool SocketAddress::SameHost(const SocketAddress& other) const {
    if (empty() || other.empty() || family() != other.family()) return false;
    if (family() == AF_INET6) {
        return std::memcmp(&reinterpret_cast<const sockaddr_in6*>(&storage_)->sin6_addr,
                           &reinterpret_cast<const sockaddr_in6*>(&other.storage_)->sin6_addr, sizeof(in6_addr)) == 0;
    }
    return reinterpret_cast<const sockaddr_in*>(&storage_)->sin_addr.s_addr ==
           reinterpret_cast<const sockaddr_in*>(&other.storage_)->sin_addr.s_addr;
}

bool SocketAddress::operator==(const SocketAddress& other) const {
    if (empty() || other.empty()) return empty() == other.empty();
    return SameHost(other) && port() == other.port();
}

std::string Peer::ToString() const {
    std::string text(protocol == Protocol::kUdp ? "udp:" : protocol == Protocol::kTcp ? "tcp:" : "tls:");
    return text + address.ToString();
}

}  // namespace trunkline::sip

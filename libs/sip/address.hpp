// Network addresses of SIP elements: where bytes go and where they came from. Numeric only; names are a Resolver's
// task.
#pragma once
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "result/result.hpp"

namespace trunkline::sip {

// What carries SIP (RFC 3261 section 18). UDP is the only unreliable one.
enum class Protocol { kUdp, kTcp, kTls };

inline bool IsReliable(Protocol protocol) { return protocol != Protocol::kUdp; }
// "UDP", "TCP" or "TLS", as a Via writes it.
std::string_view ProtocolName(Protocol protocol);
// Any case; INVALID_ARGUMENT/PROTOCOL_UNKNOWN for everything else.
Result<Protocol> ParseProtocol(std::string_view text);
// 5061 for TLS, else 5060 (RFC 3261 section 19.1.2).
uint16_t DefaultPort(Protocol protocol);

// One IPv4 or IPv6 address with a port. A default one is empty.
class SocketAddress {
 public:
    SocketAddress() = default;
    SocketAddress(const sockaddr_storage& storage, socklen_t length);
    // `host` is numeric, IPv6 with or without brackets; INVALID_ARGUMENT/ADDRESS_NOT_NUMERIC for a name.
    static Result<SocketAddress> Parse(std::string_view host, uint16_t port);

    bool empty() const { return length_ == 0; }
    int family() const { return storage_.ss_family; }
    uint16_t port() const;
    SocketAddress WithPort(uint16_t port) const;
    std::string Host() const;      // without brackets
    std::string HostText() const;  // IPv6 in brackets, as a URI or a Via writes it
    std::string ToString() const;  // host:port
    const sockaddr* raw() const { return reinterpret_cast<const sockaddr*>(&storage_); }
    socklen_t length() const { return length_; }
    bool SameHost(const SocketAddress& other) const;
    bool operator==(const SocketAddress& other) const;

 private:
    sockaddr_storage storage_{};
    socklen_t length_ = 0;
};

// Where a message came from, or where one is to go. `connection` names a stream that is open (0: none, any may be
// used).
struct Peer {
    Protocol protocol = Protocol::kUdp;
    SocketAddress address;
    uint64_t connection = 0;
    std::string host_name;  // what a TLS certificate must be made out to; empty: the address

    std::string ToString() const;  // udp:192.0.2.1:5060
};

// The next hop of a request before names are resolved.
struct Hop {
    Protocol protocol = Protocol::kUdp;
    std::string host;   // name or number, IPv6 with or without brackets
    uint16_t port = 0;  // 0: the protocol's own
};

}  // namespace trunkline::sip

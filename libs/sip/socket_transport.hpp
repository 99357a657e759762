// The transport of real sockets: UDP, TCP and TLS on one Reactor (RFC 3261 section 18, RFC 3581).
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "sip/reactor.hpp"
#include "sip/transport.hpp"

namespace trunkline::sip {

// PEM files. TLS 1.2 at least.
struct TlsSettings {
    std::string certificate_file;  // ours with its chain; needed to listen
    std::string key_file;
    std::string ca_file;  // who may sign a server that we call; empty: the system's store
};

struct TransportSettings {
    TlsSettings tls;
    std::string announced_host;                                // for Via and Contact; empty: the local address
    size_t max_connections = 2000;                             // all peers
    size_t max_connections_per_ip = 50;                        // one peer
    Duration first_message_within = std::chrono::seconds(30);  // a message must be whole by then, else close
    Duration idle_close = std::chrono::seconds(600);           // a connection without traffic
};

// On the SIP thread; Listen may be called before Reactor::Run.
class SocketTransport final : public Transport {
 public:
    SocketTransport(Reactor& reactor, TransportSettings settings);
    ~SocketTransport() override;

    // `address` is numeric; port 0 takes a free one. The bound address, or UNAVAILABLE/BIND_FAILED naming address and
    // port, or INVALID_ARGUMENT/TLS_SETTINGS naming the file.
    Result<SocketAddress> Listen(Protocol protocol, const std::string& address, uint16_t port);

    void SetSink(TransportSink* sink) override;
    Result<uint64_t> Send(const Peer& peer, std::string bytes) override;
    Result<Hop> LocalAddress(Protocol protocol, const SocketAddress& toward) const override;
    void CloseConnection(uint64_t connection) override;
    size_t connection_count() const;

 private:
    class Sockets;
    std::unique_ptr<Sockets> sockets_;
};

}  // namespace trunkline::sip

// UDP sockets, stream listeners and the table of connections.
#include "sip/socket_transport.hpp"

#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <unordered_map>

#include "sip/stream_connection.hpp"

namespace trunkline::sip {

namespace {
constexpr int kDatagramsAtOnce = 64;  // then timers and other sockets have their turn
constexpr int kSocketBuffer = 4 << 20;

Error Failed(const char* reason, const std::string& what) {
    return Error{Code::kUnavailable, reason, what + ": " + std::strerror(errno) + "."};
}

Result<SocketAddress> NameOf(int descriptor) {
    sockaddr_storage storage{};
    socklen_t length = sizeof storage;
    if (getsockname(descriptor, reinterpret_cast<sockaddr*>(&storage), &length) != 0) {
        return Failed("BIND_FAILED", "The socket has no address");
    }
    return SocketAddress(storage, length);
}

bool IsWildcard(const SocketAddress& address) {
    const std::string host = address.Host();
    return host == "0.0.0.0" || host == "::";
}

// The address of ours that packets to `toward` leave from.
Result<SocketAddress> SourceToward(const SocketAddress& toward) {
    const int probe = socket(toward.family(), SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (probe < 0) return Failed("NO_ROUTE", "No socket");
    connect(probe, toward.raw(), toward.length());
    auto name = NameOf(probe);
    close(probe);
    return name;
}
}  // namespace

class SocketTransport::Sockets final : public StreamOwner {
 public:
    Sockets(Reactor& reactor, TransportSettings settings) : reactor_(reactor), settings_(std::move(settings)) {}
    ~Sockets() override {
        connections_.clear();
        for (const auto& listener : listeners_) {
            reactor_.Unwatch(listener.descriptor);
            close(listener.descriptor);
        }
    }

    Result<SocketAddress> Listen(Protocol protocol, const SocketAddress& address);
    Result<uint64_t> Send(const Peer& peer, const std::string& bytes);
    Result<Hop> LocalAddress(Protocol protocol, const SocketAddress& toward) const;
    void OnStreamMessage(Parsed parsed, const Peer& source, size_t bytes) override {
        if (sink != nullptr) sink->OnReceived(std::move(parsed), source, bytes);
    }
    void OnStreamClosed(uint64_t id) override;
    void Close(uint64_t id) {
        const auto found = connections_.find(id);
        if (found != connections_.end()) found->second->CloseWhenSent();
    }
    size_t connection_count() const { return connections_.size(); }

    TransportSink* sink = nullptr;

 private:
    struct Listener {
        uint64_t id = 0;
        Protocol protocol = Protocol::kUdp;
        int descriptor = -1;
        SocketAddress address;
    };
    const Listener* ListenerFor(Protocol protocol, int family, uint64_t id) const;
    void ReadDatagrams(size_t index);
    void AcceptConnections(size_t index);
    Result<uint64_t> SendDatagram(const Peer& peer, const std::string& bytes);
    Result<uint64_t> Connect(const Peer& peer);
    Status AddConnection(StreamConnection::Start start);
    Result<SslContext> ClientContext();
    size_t CountOf(const SocketAddress& address) const;

    Reactor& reactor_;
    TransportSettings settings_;
    std::vector<Listener> listeners_;
    std::unordered_map<uint64_t, std::unique_ptr<StreamConnection>> connections_;
    SslContext server_context_;
    SslContext client_context_;
    uint64_t last_id_ = 0;
    std::array<char, kMaxMessageBytes> datagram_;  // what ReadDatagrams reads into
};

Result<SocketAddress> SocketTransport::Sockets::Listen(Protocol protocol, const SocketAddress& address) {
    const bool stream = IsReliable(protocol);
    if (protocol == Protocol::kTls && !server_context_) {
        auto context = MakeServerContext(settings_.tls);
        if (!context) return context.error();
        server_context_ = *context;
    }
    const int type = (stream ? SOCK_STREAM : SOCK_DGRAM) | SOCK_NONBLOCK | SOCK_CLOEXEC;
    const int descriptor = socket(address.family(), type, 0);
    const std::string what = "Cannot listen on " + std::string(ProtocolName(protocol)) + " " + address.ToString();
    if (descriptor < 0) return Failed("BIND_FAILED", what);
    const int one = 1;
    if (stream) setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (!stream) setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &kSocketBuffer, sizeof kSocketBuffer);
    if (address.family() == AF_INET6) setsockopt(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof one);
    if (bind(descriptor, address.raw(), address.length()) != 0 || (stream && listen(descriptor, SOMAXCONN) != 0)) {
        Error error = Failed("BIND_FAILED", what);
        close(descriptor);
        return error;
    }
    auto bound = NameOf(descriptor);
    if (!bound) return bound.error();
    const size_t index = listeners_.size();
    listeners_.push_back({++last_id_, protocol, descriptor, *bound});
    reactor_.Watch(descriptor, EPOLLIN, [this, index, stream](uint32_t) {
        if (stream) {
            AcceptConnections(index);
        } else {
            ReadDatagrams(index);
        }
    });
    return bound;
}

void SocketTransport::Sockets::ReadDatagrams(size_t index) {
    const uint64_t id = listeners_[index].id;
    for (int i = 0; i < kDatagramsAtOnce; ++i) {
        sockaddr_storage from{};
        socklen_t length = sizeof from;
        const ssize_t count = recvfrom(listeners_[index].descriptor, datagram_.data(), datagram_.size(), 0,
                                       reinterpret_cast<sockaddr*>(&from), &length);
        if (count < 0 && errno != ECONNREFUSED) return;
        if (count <= 0 || sink == nullptr) continue;
        const auto size = static_cast<size_t>(count);
        sink->OnReceived(ParseDatagram({datagram_.data(), size}),
                         Peer{Protocol::kUdp, SocketAddress(from, length), id, ""}, size);
    }
}

void SocketTransport::Sockets::AcceptConnections(size_t index) {
    for (int i = 0; i < kDatagramsAtOnce; ++i) {
        sockaddr_storage from{};
        socklen_t length = sizeof from;
        const int descriptor = accept4(listeners_[index].descriptor, reinterpret_cast<sockaddr*>(&from), &length,
                                       SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (descriptor < 0) return;
        const Protocol protocol = listeners_[index].protocol;
        StreamConnection::Start start;
        start.id = ++last_id_;
        start.descriptor = descriptor;
        start.peer = Peer{protocol, SocketAddress(from, length), 0, ""};
        if (protocol == Protocol::kTls) start.ssl = MakeServerSession(server_context_, descriptor);
        [[maybe_unused]] const auto added = AddConnection(std::move(start));
    }
}

size_t SocketTransport::Sockets::CountOf(const SocketAddress& address) const {
    size_t count = 0;
    for (const auto& [id, connection] : connections_) {
        if (connection->peer().address.SameHost(address)) ++count;
    }
    return count;
}

Status SocketTransport::Sockets::AddConnection(StreamConnection::Start start) {
    const bool full = connections_.size() >= settings_.max_connections;
    if (full || CountOf(start.peer.address) >= settings_.max_connections_per_ip) {
        start.ssl.reset();
        close(start.descriptor);
        return Error{Code::kUnavailable, "CONNECTION_LIMIT",
                     "Too many connections with " + start.peer.ToString() + "."};
    }
    const int one = 1;
    setsockopt(start.descriptor, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    const uint64_t id = start.id;
    connections_[id] = std::make_unique<StreamConnection>(reactor_, *this, std::move(start), settings_);
    return {};
}

void SocketTransport::Sockets::OnStreamClosed(uint64_t id) {
    connections_.erase(id);
    if (sink != nullptr) sink->OnConnectionLost(id);
}

const SocketTransport::Sockets::Listener* SocketTransport::Sockets::ListenerFor(Protocol protocol, int family,
                                                                                uint64_t id) const {
    const Listener* any = nullptr;
    for (const auto& listener : listeners_) {
        if (listener.protocol != protocol || listener.address.family() != family) continue;
        if (listener.id == id) return &listener;
        if (any == nullptr) any = &listener;
    }
    return any;
}

Result<uint64_t> SocketTransport::Sockets::Send(const Peer& peer, const std::string& bytes) {
    if (!IsReliable(peer.protocol)) return SendDatagram(peer, bytes);
    auto found = connections_.find(peer.connection);
    for (auto it = connections_.begin(); found == connections_.end() && it != connections_.end(); ++it) {
        const Peer& other = it->second->peer();
        // A Contact usually names the address of a peer whose certificate was checked by name: the dialog stays with
        // it.
        const bool same_name = peer.protocol != Protocol::kTls || other.host_name == peer.host_name ||
                               SocketAddress::Parse(peer.host_name, 0).ok();
        if (other.protocol == peer.protocol && other.address == peer.address && same_name) found = it;
    }
    uint64_t id = found == connections_.end() ? 0 : found->first;
    if (id == 0) {
        const auto opened = Connect(peer);
        if (!opened) return opened.error();
        id = *opened;
    }
    if (connections_.at(id)->Send(bytes)) return id;
    return Error{Code::kUnavailable, "SEND_FAILED", peer.ToString() + " does not read what is sent."};
}

Result<uint64_t> SocketTransport::Sockets::SendDatagram(const Peer& peer, const std::string& bytes) {
    const Listener* listener = ListenerFor(Protocol::kUdp, peer.address.family(), peer.connection);
    if (listener == nullptr) {
        return Error{Code::kUnavailable, "SEND_FAILED", "No UDP socket can reach " + peer.ToString() + "."};
    }
    const ssize_t count =
        sendto(listener->descriptor, bytes.data(), bytes.size(), 0, peer.address.raw(), peer.address.length());
    // A full buffer or an ICMP error of an earlier packet is a lost packet: retransmission mends it.
    const bool lost = errno == EAGAIN || errno == ECONNREFUSED || errno == ENOBUFS;
    if (count < 0 && !lost) return Failed("SEND_FAILED", "Cannot send to " + peer.ToString());
    return listener->id;
}

Result<SslContext> SocketTransport::Sockets::ClientContext() {
    if (!client_context_) {
        auto context = MakeClientContext(settings_.tls);
        if (!context) return context.error();
        client_context_ = *context;
    }
    return client_context_;
}

Result<uint64_t> SocketTransport::Sockets::Connect(const Peer& peer) {
    StreamConnection::Start start;
    start.id = ++last_id_;
    start.peer = peer;
    start.connecting = true;
    const int descriptor = socket(peer.address.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return Failed("SEND_FAILED", "No socket for " + peer.ToString());
    start.descriptor = descriptor;
    if (peer.protocol == Protocol::kTls) {
        const auto context = ClientContext();
        if (!context) {
            close(descriptor);
            return context.error();
        }
        const std::string host = peer.host_name.empty() ? peer.address.Host() : peer.host_name;
        start.ssl = MakeClientSession(*context, descriptor, host);
    }
    if (connect(descriptor, peer.address.raw(), peer.address.length()) != 0 && errno != EINPROGRESS) {
        Error error = Failed("SEND_FAILED", "Cannot connect to " + peer.ToString());
        start.ssl.reset();
        close(descriptor);
        return error;
    }
    const uint64_t id = start.id;
    if (const auto added = AddConnection(std::move(start)); !added) return added.error();
    return id;
}

Result<Hop> SocketTransport::Sockets::LocalAddress(Protocol protocol, const SocketAddress& toward) const {
    const Listener* listener = ListenerFor(protocol, toward.family(), 0);
    if (listener == nullptr) {
        return Error{
            Code::kUnimplemented, "NO_LISTENER",
            std::string(ProtocolName(protocol)) + " is not served for the family of " + toward.ToString() + "."};
    }
    Hop hop{protocol, settings_.announced_host, listener->address.port()};
    if (!hop.host.empty()) return hop;
    if (!IsWildcard(listener->address)) {
        hop.host = listener->address.HostText();
        return hop;
    }
    const auto source = SourceToward(toward);
    if (!source) return source.error();
    hop.host = source->HostText();
    return hop;
}

SocketTransport::SocketTransport(Reactor& reactor, TransportSettings settings)
    : sockets_(std::make_unique<Sockets>(reactor, std::move(settings))) {}

SocketTransport::~SocketTransport() = default;

Result<SocketAddress> SocketTransport::Listen(Protocol protocol, const std::string& address, uint16_t port) {
    const auto parsed = SocketAddress::Parse(address, port);
    if (!parsed) return parsed.error();
    return sockets_->Listen(protocol, *parsed);
}

void SocketTransport::SetSink(TransportSink* sink) { sockets_->sink = sink; }

Result<uint64_t> SocketTransport::Send(const Peer& peer, std::string bytes) { return sockets_->Send(peer, bytes); }

Result<Hop> SocketTransport::LocalAddress(Protocol protocol, const SocketAddress& toward) const {
    return sockets_->LocalAddress(protocol, toward);
}

void SocketTransport::CloseConnection(uint64_t connection) { sockets_->Close(connection); }

size_t SocketTransport::connection_count() const { return sockets_->connection_count(); }

}  // namespace trunkline::sip

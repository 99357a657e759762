// One conversation with the SIP element under test.
#include "target.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace trunkline::sipgun {
namespace {

Error SystemError(const std::string& what) {
    return Error{Code::kUnavailable, "SOCKET", what + ": " + std::strerror(errno)};
}

// Another loopback address than the element's own, so that its port is free for us too.
sockaddr_in LocalAddress(const std::string& host, uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    if (host.rfind("127.", 0) == 0) inet_pton(AF_INET, "127.0.0.2", &address.sin_addr);
    return address;
}

void Bind(int socket, const std::string& host, uint16_t port) {
    const int on = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    auto address = LocalAddress(host, port);
    if (bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0) return;
    // The wanted port is taken: any other one finds the elements that answer to the source.
    address.sin_port = 0;
    bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof(address));
}

}  // namespace

Result<Conversation> Conversation::Open(const Target& target, uint16_t local_port) {
    sockaddr_in peer{};
    peer.sin_family = AF_INET;
    peer.sin_port = htons(target.port);
    if (inet_pton(AF_INET, target.host.c_str(), &peer.sin_addr) != 1) {
        return Error{Code::kInvalidArgument, "HOST", target.host + " is not an IPv4 address"};
    }
    const int handle = socket(AF_INET, (target.is_tcp ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC, 0);
    if (handle < 0) return SystemError("socket");
    Conversation conversation(handle, target);
    Bind(handle, target.host, target.is_tcp ? 0 : local_port);
    // A UDP socket stays unconnected: an element may answer from another port than it listens on.
    if (!target.is_tcp) return conversation;
    const int on = 1;
    setsockopt(handle, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    if (connect(handle, reinterpret_cast<const sockaddr*>(&peer), sizeof(peer)) != 0) return SystemError("connect");
    return conversation;
}

Conversation::Conversation(Conversation&& other) noexcept
    : socket_(other.socket_), target_(other.target_), is_closed_(other.is_closed_) {
    other.socket_ = -1;
}

Conversation::~Conversation() {
    if (socket_ >= 0) close(socket_);
}

Status Conversation::Send(std::string_view bytes) {
    if (!target_.is_tcp) {
        sockaddr_in peer{};
        peer.sin_family = AF_INET;
        peer.sin_port = htons(target_.port);
        inet_pton(AF_INET, target_.host.c_str(), &peer.sin_addr);
        const auto sent =
            sendto(socket_, bytes.data(), bytes.size(), 0, reinterpret_cast<const sockaddr*>(&peer), sizeof(peer));
        return sent < 0 ? Status(SystemError("sendto")) : Status();
    }
    while (!bytes.empty()) {
        const auto sent = send(socket_, bytes.data(), target_.is_one_byte ? 1 : bytes.size(), MSG_NOSIGNAL);
        // An element may close in the middle of a message it cannot follow; what it said before is still to be read.
        if (sent < 0) return errno == EPIPE || errno == ECONNRESET ? Status() : Status(SystemError("send"));
        bytes.remove_prefix(static_cast<size_t>(sent));
    }
    return {};
}

void Conversation::FinishSending() { shutdown(socket_, SHUT_WR); }

bool Conversation::Receive(std::chrono::milliseconds wait, std::string& received) {
    pollfd poll_entry{socket_, POLLIN, 0};
    if (is_closed_ || poll(&poll_entry, 1, static_cast<int>(wait.count())) <= 0) return false;
    char buffer[65536];
    const auto size = recv(socket_, buffer, sizeof(buffer), 0);
    if (size <= 0) {
        is_closed_ = target_.is_tcp;
        return false;
    }
    received.append(buffer, static_cast<size_t>(size));
    return true;
}

}  // namespace trunkline::sipgun

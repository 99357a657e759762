// A non-blocking UDP socket that sends and receives batches.
#include "media/udp_socket.hpp"

#include <netinet/ip.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

namespace trunkline::media {
namespace {

constexpr int kExpeditedForwarding = 46 << 2;

Error SocketError(int error, const rtp::Address& local) {
    const std::string where = rtp::IpText(local) + " port " + std::to_string(local.port);
    if (error == EADDRINUSE) return {Code::kAlreadyExists, "ADDRESS_IN_USE", where + " is used by another program"};
    return {Code::kUnavailable, "SOCKET_FAILED", "cannot open a socket on " + where + ": " + std::strerror(error)};
}

}  // namespace

ReceiveBatch::ReceiveBatch() {
    for (size_t i = 0; i < kDatagrams; ++i) {
        vectors_[i] = {bytes_[i].data(), kBytes};
        messages_[i].msg_hdr.msg_name = &sources_[i];
        messages_[i].msg_hdr.msg_iov = &vectors_[i];
        messages_[i].msg_hdr.msg_iovlen = 1;
    }
}

Result<UdpSocket> UdpSocket::Bind(const rtp::Address& local) {
    const int family = local.is_v6 ? AF_INET6 : AF_INET;
    UdpSocket made(socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (made.descriptor_ < 0) return SocketError(errno, local);
    const int level = local.is_v6 ? IPPROTO_IPV6 : IPPROTO_IP;
    const int option = local.is_v6 ? IPV6_TCLASS : IP_TOS;
    setsockopt(made.descriptor_, level, option, &kExpeditedForwarding, sizeof kExpeditedForwarding);
    sockaddr_storage storage{};
    const socklen_t length = rtp::ToSocketAddress(local, storage);
    if (bind(made.descriptor_, reinterpret_cast<const sockaddr*>(&storage), length) != 0) {
        return SocketError(errno, local);
    }
    return made;
}

UdpSocket::~UdpSocket() {
    if (descriptor_ >= 0) close(descriptor_);
}

UdpSocket::UdpSocket(UdpSocket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

UdpSocket& UdpSocket::operator=(UdpSocket&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

size_t UdpSocket::Receive(ReceiveBatch& batch) const {
    for (auto& message : batch.messages_) message.msg_hdr.msg_namelen = sizeof(sockaddr_storage);
    const int count = recvmmsg(descriptor_, batch.messages_.data(), ReceiveBatch::kDatagrams, MSG_DONTWAIT, nullptr);
    return count > 0 ? static_cast<size_t>(count) : 0;
}

void UdpSocket::Send(std::span<const uint8_t> datagram, const rtp::Address& to) const {
    sockaddr_storage storage;
    const socklen_t length = rtp::ToSocketAddress(to, storage);
    // Lost like any datagram if the kernel's buffer is full.
    sendto(descriptor_, datagram.data(), datagram.size(), 0, reinterpret_cast<const sockaddr*>(&storage), length);
}

void UdpSocket::SendBatch(std::span<iovec> datagrams, const rtp::Address& to) const {
    if (datagrams.size() == 1) {
        Send({static_cast<const uint8_t*>(datagrams[0].iov_base), datagrams[0].iov_len}, to);
        return;
    }
    sockaddr_storage storage;
    const socklen_t length = rtp::ToSocketAddress(to, storage);
    std::array<mmsghdr, ReceiveBatch::kDatagrams> messages{};
    for (size_t i = 0; i < datagrams.size(); ++i) {
        messages[i].msg_hdr.msg_name = &storage;
        messages[i].msg_hdr.msg_namelen = length;
        messages[i].msg_hdr.msg_iov = &datagrams[i];
        messages[i].msg_hdr.msg_iovlen = 1;
    }
    sendmmsg(descriptor_, messages.data(), static_cast<unsigned>(datagrams.size()), 0);
}

}  // namespace trunkline::media

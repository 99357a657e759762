// A non-blocking UDP socket that sends and receives batches.
#pragma once
#include <sys/socket.h>
#include <sys/uio.h>

#include <array>
#include <cstdint>
#include <span>

#include "result/result.hpp"
#include "rtp/address.hpp"

namespace trunkline::media {

// Memory for one batch of datagrams, shared by all sockets of a thread.
class ReceiveBatch {
 public:
    static constexpr size_t kDatagrams = 16;
    // The longest genuine packet (60 ms of G.711) has 492 bytes; longer datagrams are cut and then refused as
    // malformed.
    static constexpr size_t kBytes = 2048;

    ReceiveBatch();
    ReceiveBatch(const ReceiveBatch&) = delete;
    ReceiveBatch& operator=(const ReceiveBatch&) = delete;

    std::span<uint8_t> datagram(size_t i) { return {bytes_[i].data(), messages_[i].msg_len}; }
    rtp::Address from(size_t i) const { return rtp::FromSocketAddress(sources_[i]); }

 private:
    friend class UdpSocket;
    std::array<std::array<uint8_t, kBytes>, kDatagrams> bytes_;
    std::array<sockaddr_storage, kDatagrams> sources_{};
    std::array<iovec, kDatagrams> vectors_{};
    std::array<mmsghdr, kDatagrams> messages_{};
};

class UdpSocket {
 public:
    // None: it receives nothing and what it sends is lost.
    UdpSocket() = default;
    // Marked for expedited forwarding (DSCP 46, RFC 3246). ADDRESS_IN_USE, SOCKET_FAILED.
    static Result<UdpSocket> Bind(const rtp::Address& local);
    ~UdpSocket();
    UdpSocket(UdpSocket&& other) noexcept;
    UdpSocket& operator=(UdpSocket&& other) noexcept;

    int descriptor() const { return descriptor_; }
    // Fills the batch; how many came. 0 when there is nothing.
    size_t Receive(ReceiveBatch& batch) const;
    void Send(std::span<const uint8_t> datagram, const rtp::Address& to) const;
    // Up to ReceiveBatch::kDatagrams at once.
    void SendBatch(std::span<iovec> datagrams, const rtp::Address& to) const;

 private:
    explicit UdpSocket(int descriptor) : descriptor_(descriptor) {}

    int descriptor_ = -1;
};

}  // namespace trunkline::media

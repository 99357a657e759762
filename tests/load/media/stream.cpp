// The socket, the packets, the account.
#include "stream.hpp"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <system_error>

#include "rtp/packet.hpp"

namespace trunkline::load {
namespace {

constexpr size_t kPayloadBytes = 160;
constexpr uint8_t kPcma = 8;
constexpr std::array<uint8_t, 8> kMark{'T', 'L', 'B', 'E', 'N', 'C', 'H', '1'};
// A gateway that says nothing for this long has ended the call.
constexpr int64_t kGoneAfter = 1000 * kNanosPerMilli * 3 / 2;
constexpr int kNanosPerSample = 125'000;

int64_t StampOf(const msghdr& message) {
    for (cmsghdr* part = CMSG_FIRSTHDR(&message); part != nullptr;
         part = CMSG_NXTHDR(const_cast<msghdr*>(&message), part)) {
        if (part->cmsg_level == SOL_SOCKET && part->cmsg_type == SO_TIMESTAMPNS) {
            timespec time{};
            std::memcpy(&time, CMSG_DATA(part), sizeof time);
            return time.tv_sec * 1'000'000'000LL + time.tv_nsec;
        }
    }
    return Now();
}

}  // namespace

int64_t Now() {
    timespec time{};
    clock_gettime(CLOCK_REALTIME, &time);
    return time.tv_sec * 1'000'000'000LL + time.tv_nsec;
}

Stream::Stream(const char* address, uint16_t port)
    : descriptor_(socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)), ssrc_(port) {
    sockaddr_in own{};
    own.sin_family = AF_INET;
    own.sin_port = htons(port);
    inet_pton(AF_INET, address, &own.sin_addr);
    const int on = 1;
    setsockopt(descriptor_, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
    if (bind(descriptor_, reinterpret_cast<const sockaddr*>(&own), sizeof own) != 0) {
        throw std::system_error(errno, std::generic_category(),
                                "cannot bind " + std::string(address) + ":" + std::to_string(port));
    }
}

Stream::~Stream() { close(descriptor_); }

void Stream::Say(int64_t now, bool counted, Account& account) {
    if (!is_known_) {
        return;
    }
    if (now - heard_at_ > kGoneAfter) {
        Close(account);
        return;
    }
    std::array<uint8_t, rtp::kHeaderBytes + kPayloadBytes> packet;
    packet.fill(0xD5);
    rtp::WriteHeader({kPcma, false, sequence_++, timestamp_, ssrc_}, packet.data());
    timestamp_ += kPayloadBytes;
    std::memcpy(&packet[rtp::kHeaderBytes], kMark.data(), kMark.size());
    const int64_t stamp = Now();
    std::memcpy(&packet[rtp::kHeaderBytes + kMark.size()], &stamp, sizeof stamp);
    sendto(descriptor_, packet.data(), packet.size(), 0, reinterpret_cast<const sockaddr*>(&peer_), sizeof peer_);
    account.sent += counted ? 1 : 0;
}

void Stream::Listen(bool counted, Account& account) {
    std::array<uint8_t, 2048> bytes;
    std::array<uint8_t, 256> control;
    while (true) {
        sockaddr_in from{};
        iovec part{bytes.data(), bytes.size()};
        msghdr message{};
        message.msg_name = &from;
        message.msg_namelen = sizeof from;
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        const ssize_t size = recvmsg(descriptor_, &message, 0);
        if (size < 0) {
            return;
        }
        const int64_t at = StampOf(message);
        const bool same = is_known_ && from.sin_port == peer_.sin_port;
        if (!same) {
            Close(account);
            peer_ = from;
            is_known_ = true;
            first_at_ = at;
        }
        heard_at_ = at;
        Hear(std::span(bytes).first(static_cast<size_t>(size)), at, counted, account);
    }
}

void Stream::Hear(std::span<uint8_t> datagram, int64_t at, bool counted, Account& account) {
    const auto packet = rtp::ParsePacket(datagram);
    if (!packet) {
        return;
    }
    const bool marked = packet->payload.size() >= kMark.size() + sizeof(int64_t) &&
                        std::memcmp(packet->payload.data(), kMark.data(), kMark.size()) == 0;
    if (marked && !is_connected_) {
        is_connected_ = true;
        account.set_up_millis.push_back(static_cast<float>(at - first_at_) / kNanosPerMilli);
    }
    if (!counted) {
        return;
    }
    if (marked) {
        int64_t stamp = 0;
        std::memcpy(&stamp, packet->payload.data() + kMark.size(), sizeof stamp);
        account.delays.push_back(static_cast<float>(at - stamp) / kNanosPerMilli);
    }
    if (base_ >= 0 && packet->header.ssrc != heard_ssrc_) {
        base_ = -1;
    }
    heard_ssrc_ = packet->header.ssrc;
    Count(packet->header.sequence, packet->header.timestamp, at);
}

void Stream::Count(uint16_t sequence, uint32_t timestamp, int64_t at) {
    const double transit = static_cast<double>(at) / kNanosPerSample - static_cast<double>(timestamp);
    if (base_ < 0) {
        base_ = highest_ = sequence;
        received_ = 0;
        jitter_ = 0;
    } else {
        highest_ += std::max<int64_t>(static_cast<int16_t>(sequence - static_cast<uint16_t>(highest_)), 0);
        const double difference = std::abs(transit - transit_);
        // A jump is another time line (music, then a voice), no jitter.
        jitter_ += difference < 8000 ? (difference - jitter_) / 16 : 0;
    }
    transit_ = transit;
    ++received_;
}

void Stream::Close(Account& account) {
    if (is_known_ && base_ >= 0) {
        account.expected += static_cast<uint64_t>(highest_ - base_ + 1);
        account.received += received_;
        account.jitters.push_back(static_cast<float>(jitter_ / 8));
        ++account.calls;
    }
    is_known_ = is_connected_ = false;
    base_ = -1;
}

}  // namespace trunkline::load

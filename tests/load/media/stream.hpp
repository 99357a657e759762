// One end of the audio of a call that is measured: says a packet every 20 ms to whoever speaks to it, and keeps account
// of what it hears.
#pragma once
#include <netinet/in.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace trunkline::load {

inline constexpr int64_t kNanosPerMilli = 1'000'000;

// What all streams heard together.
struct Account {
    uint64_t sent = 0;
    uint64_t expected = 0;
    uint64_t received = 0;
    uint64_t calls = 0;                // that were heard at all
    std::vector<float> delays;         // ms from one end to the other, of packets that came unchanged
    std::vector<float> jitters;        // ms (RFC 3550 section 6.4.1), one for each call
    std::vector<float> set_up_millis;  // from the first packet heard of the gateway to the first of the other end
};

class Stream {
 public:
    // A socket on this address. Throws std::system_error.
    Stream(const char* address, uint16_t port);
    ~Stream();
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;

    int descriptor() const { return descriptor_; }
    // Only while `counted` packets are told to the account.
    void Say(int64_t now, bool counted, Account& account);
    void Listen(bool counted, Account& account);
    // The call is over, or the measurement is.
    void Close(Account& account);

 private:
    void Hear(std::span<uint8_t> datagram, int64_t at, bool counted, Account& account);
    void Count(uint16_t sequence, uint32_t timestamp, int64_t at);

    int descriptor_;
    sockaddr_in peer_{};
    bool is_known_ = false;
    uint16_t sequence_ = 0;
    uint32_t timestamp_ = 0;
    uint32_t ssrc_;
    int64_t first_at_ = 0;
    int64_t heard_at_ = 0;
    bool is_connected_ = false;
    // Of the stream that is heard; -1 before its first counted packet.
    uint32_t heard_ssrc_ = 0;
    int64_t base_ = -1;
    int64_t highest_ = -1;
    uint64_t received_ = 0;
    double jitter_ = 0;
    double transit_ = 0;
};

// Nanoseconds of the wall clock, which the kernel stamps datagrams with.
int64_t Now();

}  // namespace trunkline::load

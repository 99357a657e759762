// Digits as RTP events (RFC 4733 section 2): 0-9 * # A-D.
#pragma once
#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "clock/clock.hpp"

namespace trunkline::rtp {

// The digit of an event code 0..15, and back. 0 / nothing if there is none.
char DigitOf(uint8_t event);
std::optional<uint8_t> EventOf(char digit);

struct Digit {
    char digit = 0;
    int millis = 0;
    // Of its first packet.
    SteadyTime at{};
};

struct DigitStep {
    // A digit began with this packet.
    bool started = false;
    // Digits that are over now; two if the end of the one before got lost.
    std::vector<Digit> ended;
};

// Makes digits of event packets; each digit once, however often its packets are repeated, reordered or lost.
class DigitReceiver {
 public:
    // Packets that are too short or carry no digit are ignored.
    DigitStep OnPacket(uint32_t timestamp, std::span<const uint8_t> payload, SteadyTime now);
    // A digit whose end got lost is over after 150 ms of silence. To be called every 20 ms or so.
    std::optional<Digit> Expire(SteadyTime now);
    bool active() const { return active_; }

 private:
    Digit Finish();

    bool active_ = false;
    bool seen_ = false;
    uint8_t event_ = 0;
    uint32_t timestamp_ = 0;
    uint32_t earlier_segments_ = 0;
    uint16_t duration_ = 0;
    SteadyTime started_{};
    SteadyTime last_{};
};

// One packet to send. `first` means: the digit begins, remember the present RTP timestamp for all its packets.
struct DigitPacket {
    std::array<uint8_t, 4> payload{};
    bool first = false;
};

// Plays digits as event packets, one call every 20 ms: 100 ms each, the end three times, 100 ms between; ',' is 1 s.
class DigitSender {
 public:
    void Add(std::string_view digits) { waiting_.insert(waiting_.end(), digits.begin(), digits.end()); }
    void Clear() { *this = DigitSender(); }
    // While busy, audio gives way.
    bool busy() const { return step_ != 0 || pause_ != 0 || !waiting_.empty(); }
    // Nothing during a pause.
    std::optional<DigitPacket> Tick();

 private:
    std::deque<char> waiting_;
    uint8_t event_ = 0;
    int step_ = 0;
    int pause_ = 0;
};

}  // namespace trunkline::rtp

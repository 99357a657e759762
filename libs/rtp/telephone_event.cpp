// Digits as RTP events (RFC 4733 section 2).
#include "rtp/telephone_event.hpp"

#include <algorithm>

#include "rtp/bytes.hpp"

namespace trunkline::rtp {
namespace {

constexpr std::string_view kDigits = "0123456789*#ABCD";
constexpr uint8_t kEndBit = 0x80;
constexpr uint8_t kVolume = 10;  // -10 dBm0
constexpr uint16_t kTickUnits = 160;
constexpr int kToneTicks = 5;
// The end is sent three times (section 2.5.1.4).
constexpr int kPacketsOfDigit = kToneTicks + 2;
constexpr int kGapTicks = 5;
constexpr int kCommaTicks = 50;
// A digit longer than this goes on in a segment with a new timestamp (section 2.5.1.3).
constexpr uint16_t kLongestSegment = 0xFFFF;
constexpr Duration kSilenceEndsDigit = std::chrono::milliseconds(150);

}  // namespace

char DigitOf(uint8_t event) { return event < kDigits.size() ? kDigits[event] : '\0'; }

std::optional<uint8_t> EventOf(char digit) {
    const size_t found = kDigits.find(digit);
    if (found == std::string_view::npos) return std::nullopt;
    return static_cast<uint8_t>(found);
}

DigitStep DigitReceiver::OnPacket(uint32_t timestamp, std::span<const uint8_t> payload, SteadyTime now) {
    DigitStep step;
    if (payload.size() < 4 || DigitOf(payload[0]) == '\0') return step;
    const uint16_t duration = Read16(&payload[2]);
    const bool same = seen_ && timestamp == timestamp_ && payload[0] == event_;
    const bool older = seen_ && static_cast<int32_t>(timestamp - timestamp_) < 0;
    if (older || (same && !active_)) return step;
    const bool next_segment = active_ && payload[0] == event_ && timestamp == timestamp_ + kLongestSegment;
    if (next_segment) {
        earlier_segments_ += kLongestSegment;
        timestamp_ = timestamp;
        duration_ = 0;
    } else if (!same) {
        if (active_) step.ended.push_back(Finish());
        step.started = true;
        active_ = seen_ = true;
        event_ = payload[0];
        timestamp_ = timestamp;
        earlier_segments_ = 0;
        duration_ = 0;
        started_ = now;
    }
    last_ = now;
    duration_ = std::max(duration_, duration);
    if ((payload[1] & kEndBit) != 0) step.ended.push_back(Finish());
    return step;
}

std::optional<Digit> DigitReceiver::Expire(SteadyTime now) {
    if (!active_ || now - last_ < kSilenceEndsDigit) return std::nullopt;
    return Finish();
}

Digit DigitReceiver::Finish() {
    active_ = false;
    return {DigitOf(event_), static_cast<int>((earlier_segments_ + duration_) / 8), started_};
}

std::optional<DigitPacket> DigitSender::Tick() {
    if (pause_ > 0) {
        --pause_;
        return std::nullopt;
    }
    if (step_ == 0) {
        if (waiting_.empty()) return std::nullopt;
        const char digit = waiting_.front();
        waiting_.pop_front();
        const auto event = EventOf(digit);
        if (!event) {
            pause_ = kCommaTicks - 1;
            return std::nullopt;
        }
        event_ = *event;
    }
    ++step_;
    DigitPacket packet;
    packet.first = step_ == 1;
    packet.payload[0] = event_;
    packet.payload[1] = static_cast<uint8_t>((step_ >= kToneTicks ? kEndBit : 0) | kVolume);
    Write16(&packet.payload[2], static_cast<uint16_t>(kTickUnits * std::min(step_, kToneTicks)));
    if (step_ == kPacketsOfDigit) {
        step_ = 0;
        pause_ = kGapTicks - 2;
    }
    return packet;
}

}  // namespace trunkline::rtp

// Tests of digits as RTP events.
#include "rtp/telephone_event.hpp"

#include <catch2/catch.hpp>

namespace trunkline::rtp {
namespace {

using Payload = std::array<uint8_t, 4>;

SteadyTime At(int millis) { return SteadyTime(std::chrono::milliseconds(1000 + millis)); }

Payload Event(uint8_t event, bool end, uint16_t duration) {
    return {event, static_cast<uint8_t>(end ? 0x8A : 0x0A), static_cast<uint8_t>(duration >> 8),
            static_cast<uint8_t>(duration)};
}

}  // namespace

TEST_CASE("digits: sixteen keys have event codes", "[rtp]") {
    for (const char digit : std::string_view("0123456789*#ABCD")) CHECK(DigitOf(*EventOf(digit)) == digit);
    CHECK(DigitOf(16) == '\0');
    CHECK_FALSE(EventOf('x'));
}

TEST_CASE("digits: an event is told once although its end comes three times", "[rtp]") {
    DigitReceiver receiver;
    CHECK(receiver.OnPacket(5000, Event(5, false, 160), At(0)).started);
    CHECK_FALSE(receiver.OnPacket(5000, Event(5, false, 320), At(20)).started);
    const auto end = receiver.OnPacket(5000, Event(5, true, 800), At(40));
    REQUIRE(end.ended.size() == 1);
    CHECK(end.ended[0].digit == '5');
    CHECK(end.ended[0].millis == 100);
    CHECK(end.ended[0].at == At(0));
    CHECK(receiver.OnPacket(5000, Event(5, true, 800), At(60)).ended.empty());
    CHECK(receiver.OnPacket(5000, Event(5, false, 640), At(61)).ended.empty());
    CHECK_FALSE(receiver.active());
}

TEST_CASE("digits: the same key twice is two digits", "[rtp]") {
    DigitReceiver receiver;
    CHECK(receiver.OnPacket(1000, Event(1, true, 800), At(0)).ended.size() == 1);
    CHECK(receiver.OnPacket(3000, Event(1, true, 800), At(200)).ended.size() == 1);
    // A packet of the first one that comes late is no third digit.
    CHECK(receiver.OnPacket(1000, Event(1, true, 800), At(210)).ended.empty());
}

TEST_CASE("digits: a digit whose end got lost is over with the next one, or after silence", "[rtp]") {
    DigitReceiver receiver;
    receiver.OnPacket(1000, Event(1, false, 480), At(0));
    const auto step = receiver.OnPacket(3000, Event(2, true, 800), At(200));
    REQUIRE(step.ended.size() == 2);
    CHECK(step.ended[0].digit == '1');
    CHECK(step.ended[1].digit == '2');

    receiver.OnPacket(9000, Event(3, false, 480), At(300));
    CHECK_FALSE(receiver.Expire(At(400)));
    const auto expired = receiver.Expire(At(451));
    REQUIRE(expired);
    CHECK(expired->digit == '3');
    CHECK_FALSE(receiver.Expire(At(1000)));
}

TEST_CASE("digits: a long digit in segments is one digit", "[rtp]") {
    DigitReceiver receiver;
    receiver.OnPacket(0, Event(9, false, 0xFFFF), At(0));
    CHECK_FALSE(receiver.OnPacket(0xFFFF, Event(9, false, 160), At(8200)).started);
    const auto step = receiver.OnPacket(0xFFFF, Event(9, true, 1600), At(8400));
    REQUIRE(step.ended.size() == 1);
    CHECK(step.ended[0].millis == (0xFFFF + 1600) / 8);
}

TEST_CASE("digits: short payloads and events that are no digits are ignored", "[rtp]") {
    DigitReceiver receiver;
    const Payload flash = Event(16, true, 800);
    CHECK(receiver.OnPacket(0, flash, At(0)).ended.empty());
    const Payload one = Event(1, true, 800);
    CHECK(receiver.OnPacket(0, std::span(one).first(3), At(0)).ended.empty());
}

TEST_CASE("digits: what the sender plays, the receiver understands, with any one packet lost", "[rtp]") {
    for (int lost = -1; lost < 7; ++lost) {
        DigitSender sender;
        DigitReceiver receiver;
        sender.Add("12#,2");
        std::string heard;
        uint32_t timestamp = 0;
        int packets = 0;
        for (int tick = 0; tick < 200; ++tick) {
            const auto packet = sender.Tick();
            if (packet && packet->first) {
                timestamp = static_cast<uint32_t>(tick * 160);
                packets = 0;
            }
            if (packet && packets++ != lost) {
                for (const auto& digit : receiver.OnPacket(timestamp, packet->payload, At(tick * 20)).ended) {
                    heard += digit.digit;
                    CHECK(digit.millis == 100);
                }
            }
        }
        CHECK(heard == "12#2");
        CHECK_FALSE(sender.busy());
    }
}

}  // namespace trunkline::rtp

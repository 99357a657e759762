// Tests of the stream a leg sends.
#include "media/send_stream.hpp"

#include <catch2/catch.hpp>

namespace trunkline::media {
namespace {

SteadyTime At(int millis) { return SteadyTime(std::chrono::milliseconds(100'000 + millis)); }

}  // namespace

TEST_CASE("send stream: packets we make follow each other", "[media]") {
    SendStream stream(9, 65535, 1000);
    const auto first = stream.Make(8, 160, At(0));
    const auto second = stream.Make(8, 160, At(23));
    CHECK(first.marker);
    CHECK_FALSE(second.marker);
    CHECK(first.sequence == 65535);
    CHECK(second.sequence == 0);
    CHECK(second.timestamp == first.timestamp + 160);
}

TEST_CASE("send stream: after a silence the timestamp follows the clock and the packet is marked", "[media]") {
    SendStream stream(9, 1, 0);
    stream.Make(8, 160, At(0));
    const auto after = stream.Make(8, 160, At(1000));
    CHECK(after.marker);
    CHECK(after.timestamp == 8000);
    CHECK(after.sequence == 2);
}

TEST_CASE("send stream: a relayed stream continues ours and keeps its gaps", "[media]") {
    SendStream stream(9, 100, 5000);
    stream.Make(8, 160, At(0));
    const auto first = stream.Relay({8, false, 7000, 900'000, 55}, 0, 160, At(20));
    REQUIRE(first);
    CHECK(first->ssrc == 9);
    CHECK(first->payload_type == 0);
    CHECK(first->sequence == 101);
    CHECK(first->timestamp == 5160);
    CHECK(first->marker);
    const auto third = stream.Relay({8, false, 7002, 900'320, 55}, 0, 160, At(60));
    CHECK(third->sequence == 103);
    CHECK(third->timestamp == 5480);
    CHECK_FALSE(third->marker);
    const auto second = stream.Relay({8, false, 7001, 900'160, 55}, 0, 160, At(61));
    CHECK(second->sequence == 102);
    const auto ours = stream.Make(8, 160, At(80));
    CHECK(ours.sequence == 104);
    CHECK(ours.timestamp == 5640);
}

TEST_CASE("send stream: packets from before the take-over are dropped, a restarted stream is taken over again",
          "[media]") {
    SendStream stream(9, 100, 0);
    REQUIRE(stream.Relay({8, false, 7000, 0, 55}, 8, 160, At(0)));
    CHECK_FALSE(stream.Relay({8, false, 6999, 0, 55}, 8, 160, At(1)));
    const auto again = stream.Relay({8, false, 100, 77, 55}, 8, 160, At(20));
    REQUIRE(again);
    CHECK(again->sequence == 101);
    const auto other = stream.Relay({8, false, 40'000, 1, 66}, 8, 160, At(40));
    REQUIRE(other);
    CHECK(other->sequence == 102);
}

TEST_CASE("send stream: a stream that runs for days is relayed across every wrap", "[media]") {
    SendStream stream(9, 100, 0);
    uint16_t expected = 100;
    for (int i = 0; i < 200'000; ++i) {
        const auto in = static_cast<uint32_t>(i);
        const auto out = stream.Relay({8, false, static_cast<uint16_t>(i), in * 160, 55}, 8, 160, At(i * 20));
        REQUIRE(out);
        REQUIRE(out->sequence == expected++);
    }
}

TEST_CASE("send stream: all packets of a digit carry its start, and audio goes on after it", "[media]") {
    SendStream stream(9, 1, 0);
    stream.Make(8, 160, At(0));
    const auto first = stream.MakeDigit(101, true, At(20));
    const auto second = stream.MakeDigit(101, false, At(40));
    const auto audio = stream.Make(8, 160, At(60));
    CHECK(first.marker);
    CHECK(first.timestamp == 160);
    CHECK(second.timestamp == 160);
    CHECK_FALSE(second.marker);
    CHECK(second.sequence == 3);
    CHECK(audio.timestamp == 480);
}

TEST_CASE("send stream: the time of a sender report runs between packets", "[media]") {
    SendStream stream(9, 1, 0);
    stream.Make(8, 160, At(0));
    CHECK(stream.TimestampAt(At(0)) == 0);
    CHECK(stream.TimestampAt(At(20)) == 160);
    CHECK(stream.TimestampAt(At(1000)) == 8000);
}

}  // namespace trunkline::media

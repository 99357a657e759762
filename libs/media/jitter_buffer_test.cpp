// Tests of the jitter buffer.
#include "media/jitter_buffer.hpp"

#include <catch2/catch.hpp>

#include <vector>

namespace trunkline::media {
namespace {

// A frame whose decoded samples all have the sign and size of `level`.
std::vector<uint8_t> Level(int16_t level) { return std::vector<uint8_t>(kFrameSamples, Encode(Codec::kPcma, level)); }

int16_t PullOne(JitterBuffer& buffer) {
    Frame frame;
    return buffer.Pull(frame) ? frame[0] : int16_t{0};
}

}  // namespace

TEST_CASE("jitter buffer: packets come out in order after 40 ms", "[media]") {
    JitterBuffer buffer;
    const uint32_t start = 0xFFFFFF00;
    buffer.Put(Codec::kPcma, start, Level(1000));
    buffer.Put(Codec::kPcma, start + 320, Level(3000));
    buffer.Put(Codec::kPcma, start + 160, Level(2000));
    buffer.Put(Codec::kPcma, start + 160, Level(2000));
    CHECK(PullOne(buffer) == 0);
    CHECK(PullOne(buffer) == 0);
    CHECK(PullOne(buffer) == Approx(1000).epsilon(0.05));
    CHECK(PullOne(buffer) == Approx(2000).epsilon(0.05));
    CHECK(PullOne(buffer) == Approx(3000).epsilon(0.05));
}

TEST_CASE("jitter buffer: a lost frame is covered once, then it is silent", "[media]") {
    JitterBuffer buffer;
    buffer.Put(Codec::kPcma, 0, Level(8000));
    for (int i = 0; i < 3; ++i) PullOne(buffer);
    CHECK(PullOne(buffer) == Approx(4000).epsilon(0.05));
    Frame frame;
    CHECK_FALSE(buffer.Pull(frame));
    CHECK(frame == Frame{});
}

TEST_CASE("jitter buffer: late packets make the delay longer, up to 100 ms", "[media]") {
    JitterBuffer buffer;
    buffer.Put(Codec::kPcma, 0, Level(1000));
    CHECK(buffer.delay_millis() == 40);
    for (int i = 0; i < 5; ++i) PullOne(buffer);
    buffer.Put(Codec::kPcma, 160, Level(2000));
    CHECK(buffer.delay_millis() == 80);
    CHECK(PullOne(buffer) == Approx(2000).epsilon(0.05));
    for (int i = 0; i < 20; ++i) PullOne(buffer);
    buffer.Put(Codec::kPcma, 320, Level(3000));
    CHECK(buffer.delay_millis() == 100);
}

TEST_CASE("jitter buffer: delay that is not needed is given back", "[media]") {
    JitterBuffer buffer;
    uint32_t timestamp = 0;
    const auto step = [&](int packets) {
        for (int i = 0; i < packets; ++i) {
            buffer.Put(Codec::kPcma, timestamp += 160, Level(1000));
            PullOne(buffer);
        }
    };
    step(10);
    for (int i = 0; i < 4; ++i) PullOne(buffer);
    step(100);
    const int raised = buffer.delay_millis();
    CHECK(raised > 40);
    // The stall is over: what was missed comes at once, and from then on packets are early.
    for (int i = 0; i < 4; ++i) buffer.Put(Codec::kPcma, timestamp += 160, Level(1000));
    step(400);
    CHECK(buffer.delay_millis() < raised);
}

TEST_CASE("jitter buffer: a new stream starts afresh", "[media]") {
    JitterBuffer buffer;
    buffer.Put(Codec::kPcma, 0, Level(1000));
    for (int i = 0; i < 3; ++i) PullOne(buffer);
    buffer.Put(Codec::kPcma, 1'000'000, Level(5000));
    for (int i = 0; i < 2; ++i) PullOne(buffer);
    CHECK(PullOne(buffer) == Approx(5000).epsilon(0.05));
}

}  // namespace trunkline::media

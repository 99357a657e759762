// Tests of loss and jitter.
#include "rtp/statistics.hpp"

#include <catch2/catch.hpp>

namespace trunkline::rtp {
namespace {

SteadyTime At(int millis) { return SteadyTime(std::chrono::milliseconds(1'000'000 + millis)); }

}  // namespace

TEST_CASE("statistics: a perfect stream has no loss and no jitter, across the end of the sequence", "[rtp]") {
    ReceiveStatistics statistics;
    for (int i = 0; i < 1000; ++i) {
        CHECK(statistics.OnPacket(static_cast<uint16_t>(65000 + i), static_cast<uint32_t>(i * 160), At(i * 20)));
    }
    CHECK(statistics.received() == 1000);
    CHECK(statistics.Lost() == 0);
    CHECK(statistics.JitterMillis() == Approx(0).margin(0.001));
    CHECK(statistics.Report().highest_sequence == 65000 + 999);
}

TEST_CASE("statistics: lost packets are counted and reported by interval", "[rtp]") {
    ReceiveStatistics statistics;
    for (int i = 0; i < 100; ++i) {
        if (i % 4 != 1) statistics.OnPacket(static_cast<uint16_t>(i), static_cast<uint32_t>(i * 160), At(i * 20));
    }
    CHECK(statistics.Lost() == 25);
    const auto first = statistics.Report();
    CHECK(first.fraction_lost == 64);
    CHECK(first.cumulative_lost == 25);
    for (int i = 100; i < 150; ++i) {
        statistics.OnPacket(static_cast<uint16_t>(i), static_cast<uint32_t>(i * 160), At(i * 20));
    }
    CHECK(statistics.Report().fraction_lost == 0);
}

TEST_CASE("statistics: a doubled packet is not used, a late one is", "[rtp]") {
    ReceiveStatistics statistics;
    CHECK(statistics.OnPacket(10, 0, At(0)));
    CHECK_FALSE(statistics.OnPacket(10, 0, At(1)));
    CHECK(statistics.OnPacket(12, 320, At(40)));
    CHECK(statistics.OnPacket(11, 160, At(41)));
    CHECK_FALSE(statistics.OnPacket(11, 160, At(42)));
    CHECK(statistics.Lost() == 0);
}

TEST_CASE("statistics: jitter follows RFC 3550 A.8", "[rtp]") {
    ReceiveStatistics statistics;
    // Every second packet is 16 ms late: |D| is 16 ms each time, and the estimate goes towards it by 1/16.
    for (int i = 0; i < 400; ++i) {
        statistics.OnPacket(static_cast<uint16_t>(i), static_cast<uint32_t>(i * 160), At(i * 20 + i % 2 * 16));
    }
    CHECK(statistics.JitterMillis() == Approx(16).margin(0.1));
}

}  // namespace trunkline::rtp

// Tests of the port allocator.
#include "rtp/port_allocator.hpp"

#include <catch2/catch.hpp>

#include <set>

namespace trunkline::rtp {
namespace {

using std::chrono::seconds;
constexpr SteadyTime kStart{seconds(100)};

}  // namespace

TEST_CASE("ports: only even ports whose partner is in the range are handed out", "[rtp]") {
    PortAllocator ports(20001, 20010, seconds(30));
    std::set<uint16_t> seen;
    while (true) {
        const auto port = ports.Acquire(kStart);
        if (!port) {
            CHECK(port.error().reason == "PORTS_EXHAUSTED");
            break;
        }
        CHECK(*port % 2 == 0);
        seen.insert(*port);
    }
    CHECK(seen == std::set<uint16_t>{20002, 20004, 20006, 20008});
}

TEST_CASE("ports: a released port rests before it is used again", "[rtp]") {
    PortAllocator ports(20000, 20001, seconds(30));
    const auto port = ports.Acquire(kStart);
    REQUIRE(port);
    ports.Release(*port, kStart + seconds(10));
    CHECK_FALSE(ports.Acquire(kStart + seconds(39)));
    CHECK(*ports.Acquire(kStart + seconds(40)) == *port);
}

TEST_CASE("ports: the order is random", "[rtp]") {
    PortAllocator ports(20000, 29999, seconds(30));
    int ascending = 0;
    uint16_t last = 0;
    for (int i = 0; i < 200; ++i) {
        const auto port = ports.Acquire(kStart);
        REQUIRE(port);
        ascending += *port == last + 2 ? 1 : 0;
        last = *port;
    }
    CHECK(ascending < 10);
}

TEST_CASE("ports: the free share leaves out what is used and what rests", "[rtp]") {
    PortAllocator ports(20000, 20007, seconds(30));
    CHECK(ports.FreeShare(kStart) == 1.0);
    const auto first = ports.Acquire(kStart);
    const auto second = ports.Acquire(kStart);
    REQUIRE((first && second));
    ports.Release(*second, kStart);
    CHECK(ports.FreeShare(kStart + seconds(29)) == 0.5);
    CHECK(ports.FreeShare(kStart + seconds(30)) == 0.75);
}

TEST_CASE("ports: a range without a pair is exhausted at once", "[rtp]") {
    PortAllocator ports(20001, 20001, seconds(0));
    CHECK_FALSE(ports.Acquire(kStart));
}

}  // namespace trunkline::rtp

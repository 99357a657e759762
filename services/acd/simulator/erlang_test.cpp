// The formulas against the vectors of the definitions.
#include "acd/simulator/erlang.hpp"

#include <catch2/catch.hpp>

namespace trunkline::acd::simulator {
namespace {

Load Per30Minutes(double calls, double handle, int agents) { return {calls / 1800, handle, agents, 20}; }

TEST_CASE("Erlang C: 100 calls in half an hour of 180 s", "[acd][simulator]") {
    const Forecast thirteen = ErlangC(Per30Minutes(100, 180, 13));
    CHECK(thirteen.waits == Approx(0.285270).margin(1e-6));
    CHECK(thirteen.service_level == Approx(0.795595).margin(1e-6));
    CHECK(thirteen.speed_of_answer == Approx(17.116).margin(1e-3));
    const Forecast fourteen = ErlangC(Per30Minutes(100, 180, 14));
    CHECK(fourteen.waits == Approx(0.174132).margin(1e-6));
    CHECK(fourteen.service_level == Approx(0.888350).margin(1e-6));
    CHECK(fourteen.speed_of_answer == Approx(7.836).margin(1e-3));
}

TEST_CASE("Erlang C: 360 calls an hour of 240 s", "[acd][simulator]") {
    const Forecast few = ErlangC(Per30Minutes(180, 240, 28));
    CHECK(few.waits == Approx(0.333139).margin(1e-6));
    CHECK(few.service_level == Approx(0.761296).margin(1e-6));
    const Forecast more = ErlangC(Per30Minutes(180, 240, 29));
    CHECK(more.waits == Approx(0.242274).margin(1e-6));
    CHECK(more.service_level == Approx(0.840283).margin(1e-6));
    CHECK(more.speed_of_answer == Approx(11.629).margin(1e-3));
}

TEST_CASE("Erlang C: with no more agents than erlangs the line never ends", "[acd][simulator]") {
    const Forecast none = ErlangC(Per30Minutes(100, 180, 10));
    CHECK(none.service_level == 0);
    CHECK(std::isinf(none.speed_of_answer));
}

TEST_CASE("Erlang A: callers with a patience of 120 s", "[acd][simulator]") {
    const Forecast eleven = ErlangA(Per30Minutes(100, 180, 11), 120);
    CHECK(eleven.abandons == Approx(0.094155).margin(1e-5));
    CHECK(eleven.service_level == Approx(0.742209).margin(1e-5));
    const Forecast twelve = ErlangA(Per30Minutes(100, 180, 12), 120);
    CHECK(twelve.abandons == Approx(0.061597).margin(1e-5));
    CHECK(twelve.service_level == Approx(0.825583).margin(1e-5));
}

TEST_CASE("staffing: the fewest agents for 80/20 are found, and occupancy may ask for more", "[acd][simulator]") {
    CHECK(AgentsFor(Per30Minutes(100, 180, 0), 0.80, 1.0) == 14);
    CHECK(AgentsFor(Per30Minutes(180, 240, 0), 0.80, 0.80) == 30);
}

}  // namespace
}  // namespace trunkline::acd::simulator

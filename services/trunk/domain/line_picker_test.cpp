// Choosing a trunk: order, weight, room, rate, and what failures do.
#include "trunk/domain/line_picker.hpp"

#include <catch2/catch.hpp>

namespace trunkline::trunk {
namespace {

using namespace std::chrono_literals;

struct House {
    House() {
        for (const char* name : {"a", "b", "c"}) {
            CarrierTrunk trunk;
            trunk.name = name;
            trunk.host = "127.0.0.1";
            directory.Put(trunk);
        }
    }
    void Limit(const std::string& name, uint32_t capacity, uint32_t rate) {
        CarrierTrunk trunk = *directory.FindTrunk(name);
        trunk.line.capacity = capacity;
        trunk.line.calls_per_second = rate;
        directory.Put(trunk);
    }
    std::string Pick(double chance = 0, const std::set<std::string>& tried = {}) {
        const auto picked = lines.Pick(group, tried, chance, now);
        return picked.ok() ? *picked : picked.error().reason;
    }

    Directory directory;
    LinePicker lines{directory};
    TrunkGroup group{"out", {{"a", 1, 1}, {"b", 1, 3}, {"c", 2, 1}}, {}};
    SteadyTime now{1000s};
};

TEST_CASE("trunk group: the lowest order is asked first, by weight", "[trunk]") {
    House house;
    CHECK(house.Pick(0.0) == "a");
    CHECK(house.Pick(0.24) == "a");
    CHECK(house.Pick(0.26) == "b");
    CHECK(house.Pick(0.99) == "b");
    CHECK(house.Pick(0.5, {"a", "b"}) == "c");
    CHECK(house.Pick(0.5, {"a", "b", "c"}) == "NO_TRUNK");
}

TEST_CASE("trunk group: a trunk that is down or deleted is passed over", "[trunk]") {
    House house;
    house.lines.SetUp("a", false);
    CHECK(house.Pick(0.0) == "b");
    (void)house.directory.DeleteTrunk("b");
    CHECK(house.Pick(0.0) == "c");
    house.lines.SetUp("a", true);
    CHECK(house.Pick(0.0) == "a");
}

TEST_CASE("trunk group: a full trunk is passed over until a call ends", "[trunk]") {
    House house;
    house.Limit("a", 2, 0);
    house.lines.Begin("a", house.now);
    house.lines.BeginInbound("a");
    CHECK_FALSE(house.lines.HasRoom("a"));
    CHECK(house.Pick(0.0) == "b");
    house.lines.End("a");
    CHECK(house.Pick(0.0) == "a");
}

TEST_CASE("trunk group: a trunk at its calls per second is passed over for the rest of the second", "[trunk]") {
    House house;
    house.Limit("a", 0, 2);
    house.lines.Begin("a", house.now);
    house.lines.Begin("a", house.now + 10ms);
    CHECK(house.Pick(0.0) == "b");
    house.now += 1s;
    CHECK(house.Pick(0.0) == "a");
}

TEST_CASE("trunk group: a trunk that fails rests longer each time, at most a minute, and is forgiven when it works",
          "[trunk]") {
    House house;
    for (const auto rest : {1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s}) {
        house.lines.Failed("a", house.now);
        house.now += rest - 1ms;
        CHECK(house.Pick(0.0) == "b");
        house.now += 1ms;
        CHECK(house.Pick(0.0) == "a");
    }
    house.lines.Worked("a");
    house.lines.Failed("a", house.now);
    house.now += 1s;
    CHECK(house.Pick(0.0) == "a");
}

TEST_CASE("trunk group: when nothing is left the reason names every trunk", "[trunk]") {
    House house;
    house.lines.SetUp("a", false);
    house.lines.Failed("b", house.now);
    const auto none = house.lines.Pick(house.group, {"c"}, 0, house.now);
    REQUIRE_FALSE(none.ok());
    CHECK(none.error().message ==
          "no trunk of group out can carry the call: a is down, b is resting after failures, c is tried");
}

TEST_CASE("trunk group: only answers about the trunk itself send a call to the next one", "[trunk]") {
    for (const int status : {408, 500, 502, 503, 504}) {
        CHECK(IsTrunkFailure(status));
    }
    for (const int status : {403, 404, 480, 486, 487, 488, 600, 603}) {
        CHECK_FALSE(IsTrunkFailure(status));
    }
}

}  // namespace
}  // namespace trunkline::trunk

// The desk is killed at every step of a day with ring all, missed offers that count, and agents who are asked for.
#include "acd/app/day_for_tests.hpp"

namespace trunkline::acd {
namespace {

std::vector<Step> StrategyDay() {
    return {
        LogIn("ann"),
        LogIn("bob"),
        LogIn("cat"),
        Ready("ann"),
        Ready("bob"),
        Ready("cat"),
        Phone([](FakeTrunk& trunk) { trunk.Arrive("c1", "all"); }),
        Phone([](FakeTrunk& trunk) { trunk.Answer("bob"); }),
        Phone([](FakeTrunk& trunk) { trunk.Arrive("c2", "all"); }),
        Phone([](FakeTrunk& trunk) { trunk.Decline("ann", "BUSY"); }),
        Phone([](FakeTrunk& trunk) { trunk.Answer("cat"); }),
        Phone([](FakeTrunk& trunk) { trunk.Leave("c1"); }),
        Pass(),
        Phone([](FakeTrunk& trunk) { trunk.Arrive("c3", "last"); }),
        Phone([](FakeTrunk& trunk) { trunk.Decline("ann", "BUSY"); }),
        Pass(),
        Phone([](FakeTrunk& trunk) { trunk.Answer("bob"); }),
        Phone([](FakeTrunk& trunk) { trunk.Leave("c2"); }),
        Pass(),
        Phone([](FakeTrunk& trunk) { trunk.Arrive("c4", "wanted"); }),
        Pass(),
        Phone([](FakeTrunk& trunk) { trunk.HangUp("bob"); }),
        Pass(),
        Pass(),
        Phone([](FakeTrunk& trunk) { trunk.Answer("bob"); }),
        Phone([](FakeTrunk& trunk) { trunk.Arrive("c5", "all"); }),
        Phone([](FakeTrunk& trunk) { trunk.Leave("c5"); }),
        Phone([](FakeTrunk& trunk) { trunk.Leave("c4"); }),
        Pass(),
        Pass(),
        Pass(),
    };
}

void FurnishStrategies(FakeWorld& world) {
    QueueSettings all;
    all.id = QueueId("all");
    all.strategy = "ring_all";
    all.wrap_up_limit = seconds(10);
    all.misses.fill({2, seconds(9)});
    QueueSettings last = all;
    last.id = QueueId("last");
    last.strategy = "fewest_contacts";
    // The fake telephone side tells the agent by the queue's name.
    QueueSettings wanted = last;
    wanted.id = QueueId("wanted");
    world.settings.queues = {all, last, wanted};
    for (const char* agent : {"ann", "bob", "cat"}) {
        world.settings.agents.push_back({AgentId(agent), "", agent, {}});
    }
    world.Start();
}

}  // namespace

TEST_CASE("recovery: ring all, policies and wanted agents survive a kill at any step", "[acd][recovery]") {
    const std::set<std::string> expected = Play(StrategyDay(), Kill::kNever, 0, FurnishStrategies);
    REQUIRE(expected.size() > 50);
    for (const Kill kill : {Kill::kBeforeFlush, Kill::kAway}) {
        for (size_t at = 0; at < StrategyDay().size(); ++at) {
            CAPTURE(kill, at);
            CHECK(Difference(Play(StrategyDay(), kill, at, FurnishStrategies), expected) == std::vector<std::string>{});
        }
    }
}

}  // namespace trunkline::acd

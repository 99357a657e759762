// Who is calling.
#include "ivr/domain/nodes/look_up.hpp"

#include "ivr/domain/node_bench.hpp"

namespace trunkline::ivr {
namespace {

using namespace std::chrono_literals;

LookUp SomeLookUp() {
    LookUp node;
    node.level_priority = 2;
    node.last_agent_within = 24h;
    node.known = "welcome";
    node.unknown = "hello";
    return node;
}

}  // namespace

TEST_CASE("look up: a known customer's level and agents become variables", "[ivr][node]") {
    NodeBench bench;
    bench.variables["from_number"] = "13800000000";
    const LookUp node = SomeLookUp();
    CHECK(bench.Start(node) == "wait");
    CHECK(bench.commands == Commands{LookUpCaller{"13800000000"}});
    CHECK(bench.On(node, CallAnswered{}) == "wait");
    const CallerFacts facts{"c-1", 3, "1002", "1001", bench.clock.Now() - 24h, "en"};
    CHECK(bench.On(node, CallerLookedUp{facts}) == "known -> welcome");
    CHECK(bench.variables == Variables{{"from_number", "13800000000"},
                                       {"customer", "c-1"},
                                       {"vip_level", "3"},
                                       {"vip_priority", "6"},
                                       {"account_manager", "1002"},
                                       {"last_agent", "1001"},
                                       {"language", "en"}});
}

TEST_CASE("look up: nobody, several people, and no answer in time let the call go on", "[ivr][node]") {
    NodeBench bench;
    bench.variables["from_number"] = "13800000000";
    const LookUp node = SomeLookUp();
    CHECK(bench.On(node, CallerLookedUp{}) == "unknown -> hello");
    CHECK(bench.variables.size() == 1);
    // A number that several people share may still have had an agent.
    CHECK(bench.On(node, CallerLookedUp{CallerFacts{"", 0, "", "1001", bench.clock.Now(), ""}}) == "unknown -> hello");
    CHECK(bench.variables["last_agent"] == "1001");
}

TEST_CASE("look up: a call without a number asks nobody", "[ivr][node]") {
    NodeBench bench;
    CHECK(bench.Start(SomeLookUp()) == "unknown -> hello");
    CHECK(bench.commands.empty());
}

TEST_CASE("look up: an agent of long ago is not asked for, a chosen language stays", "[ivr][node]") {
    NodeBench bench;
    bench.variables["language"] = "zh";
    const LookUp node = SomeLookUp();
    const auto long_ago = bench.clock.Now() - 24h - 1ms;
    CHECK(bench.On(node, CallerLookedUp{CallerFacts{"c-1", 0, "", "1001", long_ago, "en"}}) == "known -> welcome");
    CHECK(bench.variables["last_agent"].empty());
    CHECK(bench.variables["language"] == "zh");
}

TEST_CASE("look up: limits of its parameters", "[ivr][node]") {
    LookUp node = SomeLookUp();
    CHECK(NodeBench::Faults(node).empty());
    node.level_priority = 21;
    node.last_agent_within = std::chrono::hours(24 * 366);
    CHECK(NodeBench::Faults(node).size() == 2);
}

}  // namespace trunkline::ivr

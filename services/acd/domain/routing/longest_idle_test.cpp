// Tests of the strategy longest_idle.
#include "acd/domain/routing/longest_idle.hpp"

#include <catch2/catch.hpp>

#include "acd/domain/routing/strategies.hpp"

namespace trunkline::acd {
namespace {

Agent IdleSince(const std::string& id, Duration time) {
    Agent agent;
    agent.settings.id = AgentId(id);
    agent.status.idle_since = TimePoint{} + time;
    return agent;
}

}  // namespace

TEST_CASE("longest idle: the agent idle longest ranks first", "[acd][routing]") {
    const LongestIdle strategy;
    const QueueSettings queue;
    CHECK(strategy.RankOf(IdleSince("bob", std::chrono::seconds(10)), queue) <
          strategy.RankOf(IdleSince("ann", std::chrono::seconds(70)), queue));
    CHECK(strategy.RankOf(IdleSince("bob", std::chrono::nanoseconds(1)), queue) <
          strategy.RankOf(IdleSince("ann", std::chrono::nanoseconds(2)), queue));
}

TEST_CASE("strategies: a name finds its strategy, an unknown name finds none", "[acd][routing]") {
    CHECK(FindStrategy("longest_idle") != nullptr);
    CHECK(FindStrategy("") == FindStrategy("longest_idle"));
    CHECK(FindStrategy("longest-idle") == nullptr);
    CHECK(StrategyNames() == "longest_idle");
}

}  // namespace trunkline::acd

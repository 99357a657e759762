// Tests of every strategy: who of several ready agents is asked first.
#include "acd/domain/routing/strategies.hpp"

#include <catch2/catch.hpp>

#include "acd/domain/random.hpp"

namespace trunkline::acd {
namespace {

using std::chrono::seconds;

Agent Make(const std::string& id, Duration idle_since = {}) {
    Agent agent;
    agent.settings.id = AgentId(id);
    agent.status.tally.began = TimePoint{};
    agent.status.since = TimePoint{} + seconds(1000);
    agent.status.idle_since = TimePoint{} + idle_since;
    return agent;
}

QueueSettings Complaints() {
    QueueSettings queue;
    queue.id = QueueId("complaints");
    return queue;
}

bool IsFirst(const char* strategy, const Agent& a, const Agent& b, const QueueSettings& queue = Complaints()) {
    return FindStrategy(strategy)->RankOf(a, queue, 0.5) < FindStrategy(strategy)->RankOf(b, queue, 0.5);
}

}  // namespace

TEST_CASE("longest idle: the agent idle longest ranks first", "[acd][routing]") {
    CHECK(IsFirst("longest_idle", Make("bob", seconds(10)), Make("ann", seconds(70))));
    CHECK(IsFirst("longest_idle", Make("bob", std::chrono::nanoseconds(1)), Make("ann", std::chrono::nanoseconds(2))));
}

TEST_CASE("least occupied: the smaller part of the shift counts, not the smaller time", "[acd][routing]") {
    Agent ann = Make("ann");
    ann.status.tally.busy = seconds(500);  // half of 1000 s
    Agent bob = Make("bob");
    bob.status.tally.busy = seconds(90);  // nine tenths of 100 s
    bob.status.tally.began = TimePoint{} + seconds(900);
    CHECK(IsFirst("least_occupied", ann, bob));
    bob.status.tally.busy = seconds(40);
    CHECK(IsFirst("least_occupied", bob, ann));
}

TEST_CASE("fewest contacts: the count decides, idleness settles a tie", "[acd][routing]") {
    Agent ann = Make("ann", seconds(1));
    Agent bob = Make("bob", seconds(2));
    CHECK(IsFirst("fewest_contacts", ann, bob));
    ann.status.tally.contacts = 1;
    CHECK(IsFirst("fewest_contacts", bob, ann));
}

TEST_CASE("least talk time: who has talked least is first", "[acd][routing]") {
    Agent ann = Make("ann", seconds(1));
    Agent bob = Make("bob", seconds(2));
    ann.status.tally.talk = seconds(31);
    bob.status.tally.talk = seconds(30);
    CHECK(IsFirst("least_talk_time", bob, ann));
}

TEST_CASE("round robin: who was asked last is asked last", "[acd][routing]") {
    Agent ann = Make("ann", seconds(1));
    Agent bob = Make("bob", seconds(2));
    ann.status.tally.offered = TimePoint{} + seconds(5);
    CHECK(IsFirst("round_robin", bob, ann));
    bob.status.tally.offered = TimePoint{} + seconds(6);
    CHECK(IsFirst("round_robin", ann, bob));
}

TEST_CASE("top down: the order of the profile in this queue decides", "[acd][routing]") {
    Agent ann = Make("ann");
    Agent bob = Make("bob");
    ann.settings.profiles[QueueId("complaints")].order = 2;
    bob.settings.profiles[QueueId("complaints")].order = 1;
    bob.settings.profiles[QueueId("other")].order = 9;
    CHECK(IsFirst("top_down", bob, ann));
}

TEST_CASE("best skill: only the skills of the queue count", "[acd][routing]") {
    QueueSettings queue = Complaints();
    queue.required_skills = {{"billing", 10}, {"gas", 10}};
    Agent ann = Make("ann", seconds(1));
    ann.settings.skills = {{"billing", 50}, {"gas", 50}, {"french", 100}};
    Agent bob = Make("bob", seconds(2));
    bob.settings.skills = {{"billing", 60}, {"gas", 45}};
    CHECK(IsFirst("best_skill", bob, ann, queue));
    bob.settings.skills["gas"] = 40;
    CHECK(IsFirst("best_skill", ann, bob, queue));
}

TEST_CASE("weighted random: a weight of three is first three times as often", "[acd][routing]") {
    Agent ann = Make("ann");
    Agent bob = Make("bob");
    ann.settings.profiles[QueueId("complaints")].weight = 3;
    const Strategy& strategy = *FindStrategy("weighted_random");
    Random random(7);
    int first = 0;
    constexpr int kRounds = 20'000;
    for (int i = 0; i < kRounds; ++i) {
        const Rank of_ann = strategy.RankOf(ann, Complaints(), random.Next());
        const Rank of_bob = strategy.RankOf(bob, Complaints(), random.Next());
        first += of_ann < of_bob ? 1 : 0;
    }
    CHECK(first == Approx(kRounds * 0.75).epsilon(0.02));
}

TEST_CASE("ring all: as many ring at once as the queue allows, all others ask one", "[acd][routing]") {
    QueueSettings queue = Complaints();
    queue.ring_at_most = 7;
    CHECK(FindStrategy("ring_all")->AtOnce(queue) == 7);
    CHECK(FindStrategy("top_down")->AtOnce(queue) == 1);
}

TEST_CASE("strategies: a name finds its strategy, an unknown name finds none", "[acd][routing]") {
    CHECK(FindStrategy("longest_idle") != nullptr);
    CHECK(FindStrategy("") == FindStrategy("longest_idle"));
    CHECK(FindStrategy("longest-idle") == nullptr);
    CHECK(StrategyNames().starts_with("longest_idle, least_occupied"));
}

}  // namespace trunkline::acd

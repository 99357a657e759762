// For tests of recovery: a day in steps, played with the desk killed around one of them.
#pragma once
#include <catch2/catch.hpp>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "acd/app/fake_world.hpp"

namespace trunkline::acd {

using std::chrono::seconds;

struct Step {
    std::function<void(FakeWorld&)> act;
    bool of_a_person = false;  // asked through the API, so it waits until the desk is back
    bool survives = true;      // what the telephone side remembers when the desk misses it
};

inline Step Phone(std::function<void(FakeTrunk&)> act) {
    return {[act = std::move(act)](FakeWorld& world) { act(world.trunk); }};
}
inline Step Ready(const std::string& agent) {
    return {[agent](FakeWorld& world) {
                REQUIRE(world.Request(AgentStateRequested{AgentId(agent), AgentState::kReady, "", "agent"}).ok());
            },
            true};
}
inline Step LogIn(const std::string& agent) {
    return {[agent](FakeWorld& world) { REQUIRE(world.Request(AgentLoggedIn{AgentId(agent)}).ok()); }, true};
}
// Only time passes.
inline Step Pass() {
    return {[](FakeWorld&) {}};
}

inline void Furnish(FakeWorld& world) {
    QueueSettings queue;
    queue.id = QueueId("q");
    queue.recording = Recording::kWish;
    queue.ring_limit = seconds(60);
    QueueSettings slow = queue;
    slow.id = QueueId("slow");
    slow.required_skills = {{"rare", 1}};
    slow.overflow_after = seconds(37);
    slow.overflow_to = queue.id;
    queue.outbound = {"carrier", "96166"};
    world.settings.queues = {queue, slow};
    for (const char* agent : {"ann", "bob", "cat", "dan"}) {
        world.settings.agents.push_back({AgentId(agent), "", agent, {}});
    }
    world.Start();
}

enum class Kill { kNever, kBeforeFlush, kAway };

// Every step takes 5 s; the desk dies around step `at`.
inline std::set<std::string> Play(const std::vector<Step>& day, Kill kill, size_t at,
                                  void (*furnish)(FakeWorld&) = Furnish) {
    FakeWorld world;
    furnish(world);
    for (size_t i = 0; i < day.size(); ++i) {
        world.Advance(seconds(5));
        world.facts.Flush();
        const bool now = i == at;
        if (now && kill == Kill::kAway && !day[i].of_a_person && day[i].survives) {
            world.Kill();
            day[i].act(world);
            world.Start();
        } else {
            day[i].act(world);
            world.Settle();
            if (now && kill != Kill::kNever) {
                world.Kill();
                world.Start();
            }
        }
        world.facts.Flush();
    }
    CHECK(world.trunk.calls.empty());
    CHECK(world.desk->router().contacts().empty());
    return world.facts.stored;
}

// What one day told and the other did not.
inline std::vector<std::string> Difference(const std::set<std::string>& told, const std::set<std::string>& expected) {
    std::vector<std::string> found;
    for (const std::string& fact : expected) {
        if (!told.contains(fact)) {
            found.push_back("missing: " + fact);
        }
    }
    for (const std::string& fact : told) {
        if (!expected.contains(fact)) {
            found.push_back("too many: " + fact);
        }
    }
    return found;
}

}  // namespace trunkline::acd

// What users complain about in other routers, where the desk is concerned; tests/complaints.toml has the list.
#include <atomic>
#include <thread>

#include "acd/app/day_for_tests.hpp"
#include "acd/app/mailbox.hpp"

namespace trunkline::acd {

TEST_CASE("complaint freeswitch 2458: calls are routed while nothing can be stored", "[acd][complaint]") {
    FakeWorld world;
    Furnish(world);
    (void)world.desk->Request(AgentLoggedIn{AgentId("ann")});
    (void)world.desk->Request(AgentStateRequested{AgentId("ann"), AgentState::kReady, "", "agent"});
    for (int i = 0; i < 200; ++i) {
        const std::string contact = "c" + std::to_string(i);
        world.trunk.Arrive(contact, "q");
        world.Settle();
        world.trunk.Answer("ann");
        world.Settle();
        REQUIRE(world.desk->router().agents().at(AgentId("ann")).status.state == AgentState::kTalking);
        world.trunk.Leave(contact);
        world.Advance(seconds(31));
    }
    CHECK(world.facts.stored.empty());
    world.facts.Flush();
    CHECK(world.facts.stored.size() > 200 * 7);
}

TEST_CASE("complaint asterisk 1611: who asks before the start is answered after it", "[acd][complaint]") {
    testing::ManualClock clock;
    Mailbox mailbox(clock);
    std::vector<std::thread> clients;
    std::atomic<int> answered = 0;
    for (int i = 0; i < 20; ++i) {
        clients.emplace_back([&] { answered += mailbox.Ask([] { return 1; }).ok() ? 1 : 0; });
    }
    mailbox.Start([] { return std::optional<TimePoint>(); }, [] {});
    for (std::thread& client : clients) {
        client.join();
    }
    CHECK(answered == 20);
    mailbox.Stop();
}

}  // namespace trunkline::acd

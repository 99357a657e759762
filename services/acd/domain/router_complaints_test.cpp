// What users complain about in other routers, beside what stands with the parts it belongs to; tests/complaints.toml
// has the list.
#include <algorithm>
#include <random>

#include "acd/domain/router_fixture.hpp"

namespace trunkline::acd {
namespace {

std::vector<std::string> ServedInOrder(RouterFixture& centre, size_t count) {
    std::vector<std::string> served;
    for (size_t i = 0; i < count; ++i) {
        const std::string agent = "agent" + std::to_string(i);
        centre.AddReady(agent);
        served.push_back(centre.AgentAt(agent).status.contact.str());
    }
    return served;
}

}  // namespace

TEST_CASE("complaint freeswitch 2511: nobody who waits longer is passed over", "[acd][complaint]") {
    std::mt19937 random(1);
    RouterFixture centre;
    centre.AddQueue("q");
    std::vector<std::string> arrived;
    for (int i = 0; i < 200; ++i) {
        centre.SetTime(i + random() % 2 * 0.5);
        arrived.push_back("c" + std::to_string(i));
        centre.Arrive(arrived.back(), "q");
    }
    // Some leave, and some are offered to a phone that says no: whoever is left keeps his place.
    for (int i = 0; i < 200; i += 7) {
        centre.Do(ContactGone{ContactId("c" + std::to_string(i))});
        std::erase(arrived, "c" + std::to_string(i));
    }
    centre.SetTime(300);
    centre.AddReady("shy");
    REQUIRE(centre.OfferedTo(arrived.front()) == "shy");
    centre.EndOffer(arrived.front(), LegEnd::kRejected);
    CHECK(ServedInOrder(centre, arrived.size()) == arrived);
}

TEST_CASE("complaint asterisk 1637: priority goes before age, and offering never stops", "[acd][complaint]") {
    RouterFixture centre;
    centre.AddQueue("q");
    std::vector<std::string> expected(60);
    for (uint32_t i = 0; i < 60; ++i) {
        centre.SetTime(i);
        centre.Arrive("c" + std::to_string(i), "q", i % 3);
        // Those of priority 2 first, each by age.
        expected[(2 - i % 3) * 20 + i / 3] = "c" + std::to_string(i);
    }
    CHECK(ServedInOrder(centre, 60) == expected);
}

TEST_CASE("complaint asterisk 1972: a phone that signs on or off concerns its agent alone", "[acd][complaint]") {
    RouterFixture centre;
    for (int i = 0; i < 100; ++i) {
        centre.AddQueue("q" + std::to_string(i));
    }
    for (int i = 0; i < 100; ++i) {
        centre.AddReady("a" + std::to_string(i));
    }
    for (int i = 1; i < 100; ++i) {
        centre.Do(PhoneRegistrationChanged{"phone-a" + std::to_string(i), true});
        CHECK(centre.last.facts.empty());
        CHECK(centre.last.agents.empty());
        CHECK(centre.last.commands.empty());
    }
    centre.Do(PhoneRegistrationChanged{"phone-a7", false});
    CHECK(centre.last.facts.size() == 1);
    CHECK(centre.StateOf("a7") == AgentState::kNotReady);
    CHECK(centre.router.CountOf(AgentState::kReady) == 99);
}

TEST_CASE("complaint issabel 41: who was answered is never reported as abandoned", "[acd][complaint]") {
    RouterFixture centre;
    centre.AddQueue("q");
    centre.AddReady("ann");
    centre.Arrive("c1", "q");
    centre.Connect("c1");
    centre.SetTime(1);
    centre.Do(ContactGone{ContactId("c1"), GoneReason::kCustomerLeft});
    REQUIRE(centre.Facts<ContactDequeued>().size() == 1);
    CHECK(centre.Facts<ContactDequeued>().at(0).outcome == Outcome::kAnswered);
    CHECK(centre.Facts<ContactDequeued>().at(0).agent == AgentId("ann"));
}

TEST_CASE("complaint kazoo 1331: a break asked for in wrap-up leaves states and times agreeing", "[acd][complaint]") {
    RouterFixture centre;
    centre.AddQueue("q");
    centre.AddReady("ann");
    centre.Arrive("c1", "q");
    centre.SetTime(5);
    centre.Connect("c1");
    centre.SetTime(25);
    centre.Do(ContactGone{ContactId("c1"), GoneReason::kCustomerLeft});
    centre.SetTime(30);
    centre.Do(AgentStateRequested{AgentId("ann"), AgentState::kNotReady, "LUNCH", "agent"});
    CHECK(centre.StateOf("ann") == AgentState::kWrapUp);
    centre.SetTime(60);
    centre.Tick();
    CHECK(centre.StateOf("ann") == AgentState::kNotReady);
    CHECK(centre.AgentAt("ann").status.reason == "LUNCH");
    // Each state begins where the one before ended, and together they are the time that went by.
    Duration sum{};
    AgentState state = AgentState::kLoggedOut;
    for (const auto& change : centre.Facts<AgentStateChanged>()) {
        CHECK(change.previous == state);
        state = change.state;
        sum += change.previous_duration;
    }
    CHECK(state == centre.StateOf("ann"));
    CHECK(sum == centre.AgentAt("ann").status.since - RouterFixture::At(0));
}

// The rows of a queue are made anew while a contact is with an agent; it must not look at the old ones.
TEST_CASE("settings: a queue may change while its contacts are offered and transferred", "[acd]") {
    RouterFixture centre;
    centre.AddQueue("q");
    centre.AddReady("ann");
    centre.Arrive("c1", "q");
    centre.Connect("c1");
    centre.AddReady("bob");
    centre.AddReady("cat");
    centre.Do(QueuePut{centre.SettingsOf("q")});
    centre.Do(AgentAsked{AgentId("ann"), ask::Transfer{{Destination::Kind::kAgent, "bob"}}});
    CHECK(centre.OfferedTo("c1") == "bob");
    CHECK(centre.Facts<ContactOffered>().back().next.empty());
}

}  // namespace trunkline::acd

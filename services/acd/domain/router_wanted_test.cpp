// Callers who should have a certain agent.
#include "acd/domain/explain.hpp"
#include "acd/domain/router_fixture.hpp"

namespace trunkline::acd {
namespace {

using std::chrono::seconds;

class WantedFixture : public RouterFixture {
 public:
    WantedFixture() {
        QueueSettings queue;
        queue.id = QueueId("q");
        queue.last_agent_within = seconds(3600);
        queue.last_agent_wait = seconds(20);
        queue.wrap_up_limit = {};
        Do(QueuePut{queue});
    }
    void ArriveFor(const std::string& id, const std::string& agent, Duration wait, bool wait_for_away = false) {
        ContactArrived arrival{ContactId(id), CallId("call-" + id), "", QueueId("q"), 0, true, 0, 0};
        arrival.wanted = AgentId(agent);
        arrival.wanted_by = "NAMED_AGENT";
        arrival.wanted_wait = wait;
        arrival.wait_for_away = wait_for_away;
        Do(arrival);
    }
    void Occupy(const std::string& agent, const std::string& contact) {
        AddReady(agent);
        ArriveFor(contact, agent, {});
        Connect(contact);
    }
};

}  // namespace

TEST_CASE("wanted: the named agent is offered the contact though others are idle longer", "[acd][wanted]") {
    WantedFixture centre;
    centre.AddReady("ann");
    centre.SetTime(5);
    centre.AddReady("bob");
    centre.ArriveFor("c1", "bob", seconds(30));
    CHECK(centre.OfferedTo("c1") == "bob");
    CHECK(centre.Facts<ContactOffered>().back().wanted_by == "NAMED_AGENT");
}

TEST_CASE("wanted: a busy agent is waited for, for the time that is set", "[acd][wanted]") {
    WantedFixture centre;
    centre.Occupy("bob", "c0");
    centre.AddReady("ann");
    centre.ArriveFor("c1", "bob", seconds(30));
    CHECK(centre.StateOfContact("c1") == ContactState::kWaiting);
    CHECK(centre.StateOf("ann") == AgentState::kReady);
    CHECK(Explain(centre.router, centre.ContactAt("c1"), centre.now()).state == "WAITS_FOR_AGENT");
    SECTION("he becomes free in time") {
        centre.SetTime(29);
        centre.Do(ContactGone{ContactId("c0"), GoneReason::kCustomerLeft});
        CHECK(centre.OfferedTo("c1") == "bob");
    }
    SECTION("he does not") {
        centre.SetTime(30);
        centre.Tick();
        CHECK(centre.OfferedTo("c1") == "ann");
    }
    SECTION("he goes for a break") {
        centre.Do(AgentStateRequested{AgentId("bob"), AgentState::kNotReady, "LUNCH", "agent"});
        centre.Do(ContactGone{ContactId("c0"), GoneReason::kCustomerLeft});
        centre.Tick();
        CHECK(centre.OfferedTo("c1") == "ann");
    }
    SECTION("the caller leaves") {
        centre.Do(ContactGone{ContactId("c1"), GoneReason::kCustomerLeft});
        centre.Do(ContactGone{ContactId("c0"), GoneReason::kCustomerLeft});
        CHECK(centre.StateOf("bob") == AgentState::kReady);
        CHECK(centre.router.queues().at(QueueId("q")).waiting == 0);
    }
}

TEST_CASE("wanted: an agent who is away is passed over, unless he is to be waited for", "[acd][wanted]") {
    WantedFixture centre;
    centre.AddAgent("bob");
    centre.AddReady("ann");
    centre.ArriveFor("c1", "bob", seconds(30));
    CHECK(centre.OfferedTo("c1") == "ann");
    centre.ArriveFor("c2", "bob", seconds(30), true);
    CHECK(centre.StateOfContact("c2") == ContactState::kWaiting);
    centre.SetReady("bob");
    CHECK(centre.OfferedTo("c2") == "bob");
    centre.ArriveFor("c3", "nobody", seconds(30), true);
    CHECK(centre.router.PlaceOf(centre.ContactAt("c3")) == 1);
}

TEST_CASE("wanted: an agent who misses the offer is not asked again", "[acd][wanted]") {
    WantedFixture centre;
    centre.AddReady("bob");
    centre.AddReady("ann");
    centre.ArriveFor("c1", "bob", seconds(30));
    centre.EndOffer("c1", LegEnd::kNoAnswer);
    CHECK(centre.OfferedTo("c1") == "ann");
}

TEST_CASE("complaint cskefu 657: a caller gets the agent he had last, for a limited time", "[acd][complaint]") {
    WantedFixture centre;
    centre.AddReady("ann");
    centre.Arrive("c1", "q");
    centre.Connect("c1");
    centre.SetTime(10);
    centre.AddReady("bob");
    centre.Do(ContactGone{ContactId("c1"), GoneReason::kCustomerLeft});
    centre.SetTime(100);
    centre.Arrive("c2", "q");
    CHECK(centre.OfferedTo("c2") == "ann");
    CHECK(centre.Facts<ContactOffered>().back().wanted_by == "LAST_AGENT");
    centre.Connect("c2");
    centre.ArriveFrom("stranger", "q", "13900139000");
    CHECK(centre.OfferedTo("stranger") == "bob");
    centre.Connect("stranger");
    centre.Do(ContactGone{ContactId("c2"), GoneReason::kCustomerLeft});
    centre.Do(ContactGone{ContactId("stranger"), GoneReason::kCustomerLeft});
    centre.SetTime(4000);
    centre.Arrive("c3", "q");
    CHECK(centre.Facts<ContactOffered>().back().wanted_by.empty());
}

TEST_CASE("explain: why it waits and why not each agent", "[acd][explain]") {
    RouterFixture centre;
    QueueSettings queue;
    queue.id = QueueId("gas");
    queue.required_skills = {{"gas", 50}};
    queue.rings = {{seconds(60), {{"gas", 20}}, {}}};
    centre.Do(QueuePut{queue});
    centre.AddReady("low", {{"gas", 20}});
    centre.AddReady("other", {{"water", 90}});
    centre.AddAgent("away", {{"gas", 90}});
    centre.Do(AgentPut{{AgentId("home"), "", "phone-home", {{"gas", 90}}}});
    centre.AddReady("never", {{"gas", 90}});
    centre.PutProfile("never", "gas", {1, {}, 0, 1, true});
    centre.Arrive("c1", "gas");
    centre.SetTime(15);
    const Explanation why = Explain(centre.router, centre.ContactAt("c1"), centre.now());
    CHECK(why.state == "AGENTS_LATER");
    CHECK(why.place == 1);
    CHECK_FALSE(why.expected_wait);
    CHECK(why.required == Skills{{"gas", 50}});
    CHECK(why.next_ring == seconds(45));
    REQUIRE(why.agents.size() == 5);
    CHECK(why.agents[0].agent == AgentId("low"));
    CHECK(why.agents[0].reason == "WAIT");
    CHECK(why.agents[0].detail == "45 s");
    CHECK(why.agents[1].reason == "NOT_READY");
    CHECK(why.agents[1].detail == "LOGGED_IN");
    CHECK(why.agents[2].reason == "SKILL");
    CHECK(why.agents[2].detail == "gas 0 of 50");
    CHECK(why.agents[3].reason == "EXCLUDED");
    CHECK(why.agents[4].reason == "LOGGED_OUT");
    centre.SetTime(60);
    centre.Tick();
    const Explanation offered = Explain(centre.router, centre.ContactAt("c1"), centre.now());
    CHECK(offered.state == "OFFERED");
    CHECK(offered.agents[0].reason == "SERVES");
}

TEST_CASE("explain: an offer tells why this agent and who was next", "[acd][explain]") {
    RouterFixture centre;
    centre.AddQueue("q");
    centre.AddReady("ann");
    centre.SetTime(1);
    centre.AddReady("bob");
    centre.Arrive("c1", "q");
    const ContactOffered offer = centre.Facts<ContactOffered>().back();
    CHECK(offer.agent == AgentId("ann"));
    CHECK(offer.strategy == "longest_idle");
    CHECK(offer.ready == 2);
    CHECK(offer.next == AgentId("bob"));
}

}  // namespace trunkline::acd

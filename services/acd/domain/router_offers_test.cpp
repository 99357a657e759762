// Who is offered to whom, and how offers end.
#include "acd/domain/router_fixture.hpp"

namespace trunkline::acd {

using std::chrono::seconds;

TEST_CASE_METHOD(RouterFixture, "router: the agent idle longest gets the contact", "[acd][router]") {
    AddQueue("q");
    SetTime(1);
    AddReady("ann");
    SetTime(2);
    AddReady("bob");
    SetTime(3);
    Arrive("c1", "q");
    CHECK(OfferedTo("c1") == "ann");
    CHECK(StateOf("ann") == AgentState::kReserved);
    REQUIRE(Commands<Ring>().size() == 1);
    CHECK(Commands<Ring>()[0].phone == "phone-ann");
    CHECK(Commands<Ring>()[0].limit == seconds(20));
    Arrive("c2", "q");
    CHECK(OfferedTo("c2") == "bob");
}

TEST_CASE_METHOD(RouterFixture, "router: an agent below the required level is not offered", "[acd][router]") {
    AddQueue("q", {{"complaints", 50}});
    AddReady("low", {{"complaints", 49}});
    AddReady("none");
    Arrive("c1", "q");
    CHECK(StateOfContact("c1") == ContactState::kWaiting);
    AddReady("enough", {{"complaints", 50}});
    CHECK(OfferedTo("c1") == "enough");
}

TEST_CASE_METHOD(RouterFixture, "router: waiting contacts are served by priority, weight, age", "[acd][router]") {
    AddQueue("light");
    AddQueue("heavy", {}, 5);
    SetTime(1);
    Arrive("old", "light");
    SetTime(2);
    Arrive("weighty", "heavy");
    SetTime(3);
    Arrive("vip", "light", 1);
    SetTime(4);
    Arrive("young", "light");
    for (const std::string& expected : std::vector<std::string>{"vip", "weighty", "old", "young"}) {
        AddReady("agent-" + expected);
        CHECK(OfferedTo(expected) == "agent-" + expected);
    }
}

TEST_CASE_METHOD(RouterFixture, "router: no answer sets the agent not ready and the next one rings", "[acd][router]") {
    AddQueue("q");
    AddReady("ann");
    Arrive("c1", "q");
    SetTime(5);
    Arrive("c2", "q");
    EndOffer("c1", LegEnd::kNoAnswer);
    CHECK(StateOf("ann") == AgentState::kNotReady);
    CHECK(AgentAt("ann").status.reason == "NO_ANSWER");
    CHECK(AgentAt("ann").status.set_by == "system");
    CHECK(router.PlaceOf(ContactAt("c1")) == 1);
    CHECK(router.PlaceOf(ContactAt("c2")) == 2);
    AddReady("bob");
    CHECK(OfferedTo("c1") == "bob");
    CHECK(ContactAt("c1").attempt == 2);
    REQUIRE(Facts<OfferEnded>().size() == 1);
    CHECK(Facts<OfferEnded>()[0].reason == "NO_ANSWER");
}

TEST_CASE_METHOD(RouterFixture, "router: busy, rejected and unreachable have reasons of their own", "[acd][router]") {
    AddQueue("q");
    const auto [end, state_reason, offer_reason] = GENERATE(table<LegEnd, std::string, std::string>({
        {LegEnd::kBusy, "BUSY", "BUSY"},
        {LegEnd::kRejected, "REJECTED", "REJECTED"},
        {LegEnd::kUnreachable, "PHONE_UNREACHABLE", "UNREACHABLE"},
    }));
    AddReady("ann");
    Arrive("c1", "q");
    EndOffer("c1", end);
    CHECK(AgentAt("ann").status.reason == state_reason);
    CHECK(Facts<OfferEnded>()[0].reason == offer_reason);
}

TEST_CASE_METHOD(RouterFixture, "router: abandon cancels the ring and the agent keeps his idle place",
                 "[acd][router]") {
    AddQueue("q");
    SetTime(1);
    AddReady("ann");
    SetTime(2);
    AddReady("bob");
    SetTime(3);
    Arrive("c1", "q");
    const LegId leg = OfferLeg("c1");
    SetTime(9);
    Do(ContactGone{ContactId("c1"), GoneReason::kCustomerLeft});
    REQUIRE(Commands<DropLeg>().size() == 1);
    CHECK(Commands<DropLeg>()[0].leg == leg);
    CHECK(StateOf("ann") == AgentState::kReady);
    CHECK(Facts<OfferEnded>()[0].reason == "CALLER_GONE");
    REQUIRE(Facts<ContactDequeued>().size() == 1);
    CHECK(Facts<ContactDequeued>()[0].outcome == Outcome::kAbandoned);
    CHECK(Facts<ContactDequeued>()[0].left - Facts<ContactDequeued>()[0].queued == seconds(6));
    Arrive("c2", "q");
    CHECK(OfferedTo("c2") == "ann");
}

TEST_CASE_METHOD(RouterFixture, "router: a phone that says nothing is given up after the limit", "[acd][router]") {
    AddQueue("q");
    AddReady("ann");
    Arrive("c1", "q");
    const LegId leg = OfferLeg("c1");
    SetTime(24.9);
    Tick();
    CHECK(OfferedTo("c1") == "ann");
    SetTime(25);
    Tick();
    CHECK(StateOfContact("c1") == ContactState::kWaiting);
    CHECK(StateOf("ann") == AgentState::kNotReady);
    REQUIRE(Commands<DropLeg>().size() == 1);
    CHECK(Commands<DropLeg>()[0].leg == leg);
}

TEST_CASE_METHOD(RouterFixture, "router: a break asked for while ringing waits for the offer's end", "[acd][router]") {
    AddQueue("q");
    AddReady("ann");
    Arrive("c1", "q");
    Do(AgentStateRequested{AgentId("ann"), AgentState::kNotReady, "LUNCH", "agent"});
    CHECK(StateOf("ann") == AgentState::kReserved);
    CHECK(last.commands.empty());
    Do(ContactGone{ContactId("c1"), GoneReason::kCustomerLeft});
    CHECK(StateOf("ann") == AgentState::kNotReady);
    CHECK(AgentAt("ann").status.reason == "LUNCH");
}

TEST_CASE_METHOD(RouterFixture, "router: a leg answered after its offer was withdrawn is dropped", "[acd][router]") {
    AddQueue("q");
    AddReady("ann");
    Arrive("c1", "q");
    const LegId leg = OfferLeg("c1");
    EndOffer("c1", LegEnd::kNoAnswer);
    Do(LegAnswered{ContactId("c1"), leg});
    REQUIRE(Commands<DropLeg>().size() == 1);
    CHECK(Commands<Bridge>().empty());
}

TEST_CASE_METHOD(RouterFixture, "router: a phone that signs off takes its ready agent out", "[acd][router]") {
    AddQueue("q");
    AddReady("ann");
    Do(PhoneRegistrationChanged{"phone-ann", false});
    CHECK(AgentAt("ann").status.reason == "PHONE_UNREACHABLE");
    Arrive("c1", "q");
    CHECK(StateOfContact("c1") == ContactState::kWaiting);
}

}  // namespace trunkline::acd

// Agents' states: reasons and who may set them, missed offers, wrap-up extension, presence, counts.
#include "acd/domain/router_fixture.hpp"

namespace trunkline::acd {
namespace {

using std::chrono::seconds;

AgentStateRequested NotReady(const std::string& agent, const std::string& reason, const std::string& set_by) {
    return {AgentId(agent), AgentState::kNotReady, reason, set_by};
}

}  // namespace

TEST_CASE("reasons: only configured ones, and only by those who may", "[acd][reasons]") {
    RouterFixture centre;
    centre.AddQueue("q");
    centre.AddReady("ann");
    CHECK(centre.Try(NotReady("ann", "ANYTHING", "agent")).ok());
    centre.Do(ReasonPut{{"LUNCH", "Lunch", true, true, {}}});
    centre.Do(ReasonPut{{"COACHING", "", false, true, {}}});
    CHECK(centre.ReasonOf(NotReady("ann", "ANYTHING", "agent")) == "UNKNOWN_REASON");
    CHECK(centre.ReasonOf(NotReady("ann", "COACHING", "agent")) == "REASON_NOT_ALLOWED");
    CHECK(centre.Try(NotReady("ann", "COACHING", "supervisor")).ok());
    CHECK(centre.AgentAt("ann").status.set_by == "supervisor");
    CHECK(centre.Try(NotReady("ann", "LUNCH", "agent")).ok());
    centre.Do(ReasonDeleted{"LUNCH"});
    CHECK(centre.ReasonOf(NotReady("ann", "LUNCH", "agent")) == "UNKNOWN_REASON");
    CHECK(centre.ReasonOf(ReasonDeleted{"LUNCH"}) == "NO_SUCH_REASON");
}

TEST_CASE("reasons: a break that lasts too long is told once", "[acd][reasons]") {
    RouterFixture centre;
    centre.AddAgent("ann");
    centre.Do(ReasonPut{{"LUNCH", "", true, true, seconds(600)}});
    centre.Do(NotReady("ann", "LUNCH", "agent"));
    centre.SetTime(599);
    centre.Tick();
    CHECK(centre.Facts<ReasonLimitExceeded>().empty());
    centre.SetTime(700);
    centre.Tick();
    centre.Tick();
    REQUIRE(centre.Facts<ReasonLimitExceeded>().size() == 1);
    CHECK(centre.facts.back().occurred == RouterFixture::At(600));
}

TEST_CASE("complaint freeswitch 152: each cause of a missed offer has its own limit", "[acd][complaint]") {
    RouterFixture centre;
    QueueSettings queue;
    queue.id = QueueId("q");
    queue.misses[static_cast<size_t>(Miss::kBusy)] = {3, seconds(5)};
    centre.Do(QueuePut{queue});
    centre.AddReady("ann");
    centre.Arrive("c1", "q");
    double time = 0;
    for (int miss = 1; miss <= 3; ++miss) {
        REQUIRE(centre.OfferedTo("c1") == "ann");
        centre.EndOffer("c1", LegEnd::kBusy);
        CHECK(centre.StateOf("ann") == AgentState::kNotReady);
        CHECK(centre.AgentAt("ann").status.reason == "BUSY");
        centre.SetTime(time += 5);
        centre.Tick();
    }
    CHECK(centre.StateOf("ann") == AgentState::kNotReady);
    centre.SetReady("ann");
    REQUIRE(centre.OfferedTo("c1") == "ann");
    centre.EndOffer("c1", LegEnd::kNoAnswer);
    centre.SetTime(time += 3600);
    centre.Tick();
    CHECK(centre.StateOf("ann") == AgentState::kNotReady);
    CHECK(centre.AgentAt("ann").status.reason == "NO_ANSWER");
}

TEST_CASE("missed offers: an answered contact begins the count anew", "[acd][reasons]") {
    RouterFixture centre;
    QueueSettings queue;
    queue.id = QueueId("q");
    queue.wrap_up_limit = {};
    queue.misses[static_cast<size_t>(Miss::kRejected)] = {2, seconds(5)};
    centre.Do(QueuePut{queue});
    centre.AddReady("ann");
    centre.Arrive("c1", "q");
    centre.EndOffer("c1", LegEnd::kRejected);
    centre.SetTime(5);
    centre.Tick();
    centre.Connect("c1");
    centre.Do(ContactGone{ContactId("c1"), GoneReason::kCustomerLeft});
    centre.Arrive("c2", "q");
    centre.EndOffer("c2", LegEnd::kRejected);
    centre.SetTime(10);
    centre.Tick();
    CHECK(centre.OfferedTo("c2") == "ann");
}

TEST_CASE("complaint freeswitch 800: a break asked for during the offer is taken once, without a storm",
          "[acd][complaint]") {
    RouterFixture centre;
    QueueSettings queue;
    queue.id = QueueId("q");
    queue.misses.fill({5, seconds(1)});
    centre.Do(QueuePut{queue});
    centre.AddReady("ann");
    centre.Arrive("c1", "q");
    centre.Do(NotReady("ann", "LUNCH", "agent"));
    CHECK(centre.Commands<DropLeg>().empty());
    centre.EndOffer("c1", LegEnd::kRejected);
    for (int second = 1; second < 60; ++second) {
        centre.SetTime(second);
        centre.Tick();
        CHECK(centre.Commands<Ring>().empty());
    }
    CHECK(centre.StateOf("ann") == AgentState::kNotReady);
}

TEST_CASE("wrap-up: extended once, with its form", "[acd][wrap_up]") {
    RouterFixture centre;
    QueueSettings queue;
    queue.id = QueueId("q");
    queue.wrap_up_limit = seconds(30);
    queue.wrap_up_extension = seconds(60);
    queue.wrap_up_form = "complaint";
    centre.Do(QueuePut{queue});
    centre.AddReady("ann");
    centre.Arrive("c1", "q");
    centre.Connect("c1");
    CHECK(centre.ReasonOf(WrapUpExtended{AgentId("ann")}) == "AGENT_NOT_IN_WRAP_UP");
    centre.Do(ContactGone{ContactId("c1"), GoneReason::kCustomerLeft});
    CHECK(centre.AgentAt("ann").status.wrap_up_form == "complaint");
    centre.SetTime(20);
    centre.Do(WrapUpExtended{AgentId("ann")});
    CHECK(centre.ReasonOf(WrapUpExtended{AgentId("ann")}) == "NO_WRAP_UP_EXTENSION");
    centre.SetTime(89);
    centre.Tick();
    CHECK(centre.StateOf("ann") == AgentState::kWrapUp);
    centre.SetTime(90);
    centre.Tick();
    CHECK(centre.StateOf("ann") == AgentState::kReady);
}

TEST_CASE("complaint cskefu 544: an agent whose desktop is silent gets no more contacts", "[acd][complaint]") {
    RouterFixture centre;
    centre.AddQueue("q");
    centre.AddReady("ann");
    centre.Do(AgentSeen{AgentId("ann"), seconds(30)});
    centre.SetTime(20);
    centre.Do(AgentSeen{AgentId("ann"), seconds(30)});
    centre.SetTime(49);
    centre.Tick();
    CHECK(centre.StateOf("ann") == AgentState::kReady);
    SECTION("idle") {
        centre.SetTime(50);
        centre.Tick();
        CHECK(centre.StateOf("ann") == AgentState::kNotReady);
        CHECK(centre.AgentAt("ann").status.reason == "PRESENCE_LOST");
        centre.Do(AgentSeen{AgentId("ann"), seconds(30)});
        CHECK(centre.StateOf("ann") == AgentState::kNotReady);
    }
    SECTION("in a talk, which goes on") {
        centre.Arrive("c1", "q");
        centre.Connect("c1");
        centre.SetTime(60);
        centre.Tick();
        CHECK(centre.StateOf("ann") == AgentState::kTalking);
        centre.Do(ContactGone{ContactId("c1"), GoneReason::kCustomerLeft});
        centre.SetTime(200);
        centre.Tick();
        CHECK(centre.StateOf("ann") == AgentState::kNotReady);
    }
}

TEST_CASE("complaint asterisk 1736: every contact is counted once for its agent", "[acd][complaint]") {
    RouterFixture centre;
    QueueSettings queue;
    queue.id = QueueId("q");
    queue.strategy = "fewest_contacts";
    queue.wrap_up_limit = seconds(10);
    centre.Do(QueuePut{queue});
    centre.AddReady("ann");
    centre.Arrive("c1", "q");
    const LegId leg = centre.OfferLeg("c1");
    centre.Connect("c1");
    centre.Do(Bridged{ContactId("c1"), leg});
    centre.SetTime(10);
    centre.Do(Held{ContactId("c1"), leg});
    centre.SetTime(15);
    centre.Do(Resumed{ContactId("c1"), leg});
    centre.Do(Bridged{ContactId("c1"), leg});
    centre.SetTime(20);
    centre.Do(ContactGone{ContactId("c1"), GoneReason::kCustomerLeft});
    centre.SetTime(30);
    centre.Tick();
    const Tally& tally = centre.AgentAt("ann").status.tally;
    CHECK(tally.contacts == 1);
    CHECK(tally.talk == seconds(20));
    CHECK(tally.busy == seconds(30));
    centre.Do(AgentLoggedOut{AgentId("ann")});
    centre.Do(AgentLoggedIn{AgentId("ann")});
    CHECK(centre.AgentAt("ann").status.tally.contacts == 0);
}

}  // namespace trunkline::acd

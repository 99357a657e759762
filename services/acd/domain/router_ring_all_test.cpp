// Ring all: several phones ring for one contact and exactly one agent gets it.
#include "acd/domain/router_fixture.hpp"

namespace trunkline::acd {
namespace {

class RingAllFixture : public RouterFixture {
 public:
    RingAllFixture() {
        QueueSettings queue;
        queue.id = QueueId("q");
        queue.strategy = "ring_all";
        queue.ring_at_most = 3;
        Do(QueuePut{queue});
        for (const char* agent : {"ann", "bob", "cat", "dan"}) {
            SetTime(++second_);
            AddReady(agent);
        }
    }
    LegId LegOf(const std::string& agent) const {
        const Contact& contact = ContactAt("c1");
        for (const Offer& rival : contact.rivals) {
            if (rival.agent.str() == agent) {
                return rival.leg;
            }
        }
        return contact.offer && contact.offer->agent.str() == agent ? contact.offer->leg : LegId{};
    }
    void Answer(const std::string& agent) { Do(LegAnswered{ContactId("c1"), LegOf(agent)}); }
    size_t CountOf(const std::string& reason) const {
        size_t count = 0;
        for (const OfferEnded& fact : Facts<OfferEnded>()) {
            count += fact.reason == reason ? 1 : 0;
        }
        return count;
    }

 private:
    double second_ = 0;
};

}  // namespace

TEST_CASE("ring all: every ready agent rings up to the limit of the queue", "[acd][ring_all]") {
    RingAllFixture centre;
    centre.Arrive("c1", "q");
    CHECK(centre.Commands<Ring>().size() == 3);
    CHECK(centre.StateOf("cat") == AgentState::kReserved);
    CHECK(centre.StateOf("dan") == AgentState::kReady);
}

TEST_CASE("ring all: the first to answer gets the contact, the others stop and are not missed", "[acd][ring_all]") {
    RingAllFixture centre;
    centre.Arrive("c1", "q");
    const TimePoint idle_since = centre.AgentAt("ann").status.idle_since;
    const LegId leg = centre.LegOf("bob");
    centre.SetTime(20);
    centre.Answer("bob");
    centre.Do(Bridged{ContactId("c1"), leg});
    CHECK(centre.StateOf("bob") == AgentState::kTalking);
    CHECK(centre.StateOf("ann") == AgentState::kReady);
    CHECK(centre.StateOf("cat") == AgentState::kReady);
    CHECK(centre.AgentAt("ann").status.idle_since == idle_since);
    CHECK(centre.Commands<DropLeg>().size() == 2);
    CHECK(centre.CountOf("TAKEN_BY_OTHER") == 2);
    CHECK(centre.Facts<ContactDequeued>().size() == 1);
}

TEST_CASE("complaint asterisk 176: two agents who answer at once never both get the caller", "[acd][complaint]") {
    RingAllFixture centre;
    centre.Arrive("c1", "q");
    const LegId first = centre.LegOf("ann");
    const LegId second = centre.LegOf("cat");
    centre.Do(LegAnswered{ContactId("c1"), second});
    CHECK(centre.Commands<Bridge>().size() == 1);
    centre.Do(LegAnswered{ContactId("c1"), first});
    CHECK(centre.Commands<Bridge>().empty());
    CHECK(centre.Commands<DropLeg>().size() == 1);
    centre.Do(Bridged{ContactId("c1"), second});
    CHECK(centre.StateOf("cat") == AgentState::kTalking);
    CHECK(centre.StateOf("ann") == AgentState::kReady);
    CHECK(centre.router.CountOf(AgentState::kTalking) == 1);
}

TEST_CASE("complaint asterisk 1557: one who answers and hangs up leaves the others ringing", "[acd][complaint]") {
    RingAllFixture centre;
    centre.Arrive("c1", "q");
    const LegId leg = centre.LegOf("ann");
    const LegId other = centre.LegOf("bob");
    centre.Answer("ann");
    centre.Do(LegEnded{ContactId("c1"), leg, LegEnd::kHungUp});
    CHECK(centre.StateOfContact("c1") == ContactState::kOffered);
    CHECK(centre.StateOf("ann") == AgentState::kNotReady);
    CHECK(centre.StateOf("bob") == AgentState::kReserved);
    centre.Do(LegAnswered{ContactId("c1"), other});
    centre.Do(Bridged{ContactId("c1"), other});
    CHECK(centre.StateOf("bob") == AgentState::kTalking);
}

TEST_CASE("complaint freeswitch 2540: nobody stays reserved after ring all", "[acd][complaint]") {
    RingAllFixture centre;
    SECTION("the caller hangs up") {
        centre.Arrive("c1", "q");
        centre.Do(ContactGone{ContactId("c1"), GoneReason::kCustomerLeft});
        CHECK(centre.CountOf("CALLER_GONE") == 3);
        CHECK(centre.router.CountOf(AgentState::kReady) == 4);
    }
    SECTION("the telephone side says nothing") {
        centre.Arrive("c1", "q");
        centre.SetTime(3600);
        centre.Tick();
        centre.SetTime(7200);
        centre.Tick();
        CHECK(centre.router.CountOf(AgentState::kNotReady) == 4);
    }
    CHECK(centre.router.CountOf(AgentState::kReserved) == 0);
}

}  // namespace trunkline::acd

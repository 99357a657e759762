// Supervisors: who hears them, what becomes of the agents, and the audit.
#include "acd/domain/conversation_fixture.hpp"

namespace trunkline::acd {
namespace {

class Listening : public ConversationFixture {
 public:
    Listening() {
        Supervise("ann", SupervisorAction::kListen);
        dan_leg = PickUpParty();
    }
    LegId dan_leg;
};

}  // namespace

TEST_CASE_METHOD(Listening, "supervision: listen, whisper and barge are heard by whom they should",
                 "[acd][supervision]") {
    CHECK(Hears(dan_leg, customer));
    CHECK(Hears(dan_leg, ann_leg));
    CHECK_FALSE(Hears(ann_leg, dan_leg));
    Supervise("ann", SupervisorAction::kWhisper);
    CHECK(Hears(ann_leg, dan_leg));
    CHECK_FALSE(Hears(customer, dan_leg));
    CHECK(Commands<Arrange>().size() == 1);
    CHECK(Commands<Ring>().empty());
    Supervise("ann", SupervisorAction::kBarge);
    CHECK(Hears(customer, dan_leg));
    Supervise("ann", SupervisorAction::kListen);
    CHECK_FALSE(Hears(customer, dan_leg));
    CHECK(Talk(customer, ann_leg));
    CHECK(StateOf("ann") == AgentState::kTalking);
    CHECK(StateOf("dan") == AgentState::kNotReady);
}

TEST_CASE_METHOD(Listening, "supervision: every action is a fact with who, whom and what", "[acd][supervision]") {
    Supervise("ann", SupervisorAction::kWhisper);
    Supervise("ann", SupervisorAction::kLeave);
    const auto acts = Facts<SupervisorActed>();
    REQUIRE(acts.size() == 3);
    CHECK(acts[0].action == SupervisorAction::kListen);
    CHECK(acts[0].supervisor == AgentId("dan"));
    CHECK(acts[0].agent == AgentId("ann"));
    CHECK(acts[0].contact == ContactId("c1"));
    CHECK(acts[0].asked_by == "user-1");
    CHECK(acts[2].action == SupervisorAction::kLeave);
    CHECK(Facts<PartyLeft>().at(0).party.kind == Party::Kind::kSupervisor);
}

TEST_CASE_METHOD(Listening, "supervision: he stays with the agent in a consultation, and never reaches the customer",
                 "[acd][supervision]") {
    Supervise("ann", SupervisorAction::kBarge);
    Ask("ann", ask::Consult{ToAgent("bob")});
    const LegId bob_leg = PickUpParty();
    CHECK(Hears(dan_leg, bob_leg));
    CHECK_FALSE(Hears(customer, dan_leg));
    CHECK_FALSE(Hears(customer, bob_leg));
    Ask("ann", ask::Return{});
    CHECK(Hears(customer, dan_leg));
}

TEST_CASE_METHOD(Listening, "supervision: take over gives him the contact, the agent wraps up", "[acd][supervision]") {
    Supervise("ann", SupervisorAction::kTakeOver);
    CHECK(Talk(customer, dan_leg));
    CHECK(Commands<DropLeg>().at(0).leg == ann_leg);
    CHECK(StateOf("ann") == AgentState::kWrapUp);
    CHECK(StateOf("dan") == AgentState::kTalking);
    CHECK(Facts<AgentSegmentEnded>().at(0).reason == "TAKEN_OVER");
    EndLeg(dan_leg);
    CHECK(StateOf("dan") == AgentState::kWrapUp);
    Do(WrapUpFinished{AgentId("dan")});
    CHECK(StateOf("dan") == AgentState::kNotReady);
}

TEST_CASE_METHOD(ConversationFixture, "supervision: take over from nothing rings first", "[acd][supervision]") {
    Supervise("ann", SupervisorAction::kTakeOver);
    CHECK(Commands<Ring>().at(0).supervises);
    CHECK(Talk(customer, ann_leg));
    const LegId dan_leg = PickUpParty();
    CHECK(Talk(customer, dan_leg));
    CHECK(StateOf("ann") == AgentState::kWrapUp);
}

TEST_CASE_METHOD(Listening, "supervision: it goes on with whoever has the contact after a completed consultation",
                 "[acd][supervision]") {
    Ask("ann", ask::Consult{ToAgent("bob")});
    const LegId bob_leg = PickUpParty();
    Ask("ann", ask::Complete{});
    CHECK(Hears(dan_leg, bob_leg));
    CHECK(Hears(dan_leg, customer));
    CHECK_FALSE(Hears(bob_leg, dan_leg));
}

TEST_CASE_METHOD(Listening, "supervision: a blind transfer, a park and the end of the call take him out",
                 "[acd][supervision]") {
    Ask("ann", ask::Park{});
    CHECK(Commands<DropLeg>().at(0).leg == dan_leg);
    CHECK(ContactAt("c1").parties.empty());
}

TEST_CASE_METHOD(Listening, "supervision: nobody notices that he hangs up", "[acd][supervision]") {
    EndLeg(dan_leg);
    CHECK(Talk(customer, ann_leg));
    CHECK(ContactAt("c1").parties.empty());
    CHECK(StateOf("dan") == AgentState::kNotReady);
}

TEST_CASE_METHOD(ConversationFixture, "supervision: force state, log out and hang up", "[acd][supervision]") {
    SupervisorAsked force = Action("bob", SupervisorAction::kForceState);
    force.state = AgentState::kNotReady;
    force.reason = "MEETING";
    Do(force);
    CHECK(StateOf("bob") == AgentState::kNotReady);
    CHECK(AgentAt("bob").status.set_by == "supervisor");
    Supervise("bob", SupervisorAction::kLogOut);
    CHECK(StateOf("bob") == AgentState::kLoggedOut);
    CHECK(ReasonOf(Action("ann", SupervisorAction::kLogOut)) == "AGENT_BUSY");
    Supervise("ann", SupervisorAction::kHangUp);
    CHECK(Commands<HangUp>().size() == 1);
    CHECK(Facts<SupervisorActed>().size() == 3);
}

TEST_CASE_METHOD(ConversationFixture, "supervision: refused with a reason, and then it is no fact",
                 "[acd][supervision]") {
    CHECK(ReasonOf(Action("bob", SupervisorAction::kListen)) == "NO_CONTACT");
    CHECK(ReasonOf(Action("ann", SupervisorAction::kListen, "bob")) == "SUPERVISOR_BUSY");
    CHECK(ReasonOf(Action("ann", SupervisorAction::kListen, "nobody")) == "NO_SUCH_AGENT");
    CHECK(ReasonOf(Action("ann", SupervisorAction::kLeave)) == "NOT_SUPERVISING");
    CHECK(Facts<SupervisorActed>().empty());
}

}  // namespace trunkline::acd

// Consultations and conferences: every arrow, who hears whom, and what goes wrong at each step.
#include "acd/domain/conversation_fixture.hpp"

namespace trunkline::acd {
namespace {

class Consulting : public ConversationFixture {
 public:
    Consulting() {
        Ask("ann", ask::Consult{ToAgent("bob")});
        SetTime(14);
    }
};

class Consulted : public Consulting {
 public:
    Consulted() { bob_leg = PickUpParty(); }
    LegId bob_leg;
};

}  // namespace

TEST_CASE_METHOD(ConversationFixture, "consult: the customer hears music while the other one rings", "[acd][consult]") {
    Ask("ann", ask::Consult{ToAgent("bob")});
    CHECK(Commands<Ring>().at(0).phone == "phone-bob");
    CHECK(Commands<PlayMusic>().at(0).leg.empty());
    CHECK(Commands<PlayRinging>().at(0).leg == ann_leg);
    CHECK(StateOf("ann") == AgentState::kHeld);
    CHECK(StateOf("bob") == AgentState::kReserved);
    CHECK_FALSE(Hears(customer, ann_leg));
    CHECK(Refused("ann", ask::Complete{}) == "CONSULT_RINGING");
    CHECK(Refused("ann", ask::Swap{}) == "CONSULT_RINGING");
    CHECK(Refused("ann", ask::Consult{ToAgent("cat")}) == "CONSULTING");
    CHECK(Refused("ann", ask::Hold{true}) == "CONSULTING");
}

TEST_CASE_METHOD(Consulted, "consult: agent and consulted party talk, the customer hears neither", "[acd][consult]") {
    CHECK(Talk(ann_leg, bob_leg));
    CHECK_FALSE(Hears(customer, ann_leg));
    CHECK_FALSE(Hears(customer, bob_leg));
    CHECK(StateOf("bob") == AgentState::kTalking);
}

TEST_CASE_METHOD(Consulted, "consult: complete gives the contact to the consulted agent without a gap",
                 "[acd][consult]") {
    SetTime(20);
    Ask("ann", ask::Complete{});
    CHECK(Talk(customer, bob_leg));
    CHECK(StateOf("ann") == AgentState::kWrapUp);
    CHECK(StateOf("bob") == AgentState::kTalking);
    CHECK(ContactAt("c1").part->agent == AgentId("bob"));
    // The customer is connected before the first agent's leg is dropped.
    size_t bridge = 0;
    size_t drop = 0;
    for (size_t i = 0; i < last.commands.size(); ++i) {
        bridge = std::holds_alternative<Bridge>(last.commands[i]) ? i : bridge;
        drop = std::holds_alternative<DropLeg>(last.commands[i]) ? i : drop;
    }
    CHECK(bridge < drop);
    CHECK(Commands<DropLeg>().at(0).leg == ann_leg);
    EndLeg(ann_leg);
    EndLeg(bob_leg);
    CHECK(Commands<HangUp>().size() == 1);
    CHECK(StateOf("bob") == AgentState::kWrapUp);
}

TEST_CASE_METHOD(Consulted, "complaints 16 and 17: an attended transfer is told, and each agent gets his own time",
                 "[acd][complaints]") {
    SetTime(20);
    Ask("ann", ask::Complete{});
    SetTime(50);
    EndLeg(PartLeg("c1"));
    const auto parts = Facts<AgentSegmentEnded>();
    REQUIRE(parts.size() == 2);
    CHECK(parts[0].agent == AgentId("ann"));
    CHECK(parts[0].talk == std::chrono::seconds(10));
    CHECK(parts[0].hold == std::chrono::seconds(10));
    CHECK(parts[0].reason == "TRANSFERRED");
    CHECK(parts[1].agent == AgentId("bob"));
    CHECK(parts[1].talk == std::chrono::seconds(30));
    REQUIRE(Facts<ContactTransferred>().size() == 1);
    CHECK(Facts<ContactTransferred>()[0].attended);
    CHECK(Facts<ContactTransferred>()[0].completed);
}

TEST_CASE_METHOD(Consulted, "complaint 15: wrap-up comes to the agent, whichever leg was replaced",
                 "[acd][complaints]") {
    Ask("ann", ask::Complete{});
    CHECK(StateOf("ann") == AgentState::kWrapUp);
    SetTime(14 + 30);
    Tick();
    CHECK(StateOf("ann") == AgentState::kReady);
    CHECK(Facts<WrapUpEnded>().at(0).agent == AgentId("ann"));
}

TEST_CASE_METHOD(Consulted, "consult: return takes the customer back and frees the other", "[acd][consult]") {
    Ask("ann", ask::Return{});
    CHECK(Commands<DropLeg>().at(0).leg == bob_leg);
    CHECK(Talk(customer, ann_leg));
    CHECK(StateOf("ann") == AgentState::kTalking);
    CHECK(StateOf("bob") == AgentState::kReady);
    CHECK(Facts<PartyLeft>().at(0).reason == "DROPPED");
    CHECK(Refused("ann", ask::Return{}) == "NOT_CONSULTING");
}

TEST_CASE_METHOD(Consulted, "consult: swap goes to the customer and back, the other one hears music",
                 "[acd][consult]") {
    Ask("ann", ask::Swap{});
    CHECK(Talk(customer, ann_leg));
    CHECK_FALSE(Hears(ann_leg, bob_leg));
    CHECK_FALSE(Hears(customer, bob_leg));
    CHECK(Commands<PlayMusic>().at(0).leg == bob_leg);
    CHECK(StateOf("ann") == AgentState::kTalking);
    Ask("ann", ask::Swap{});
    CHECK(Talk(ann_leg, bob_leg));
    CHECK_FALSE(Hears(customer, ann_leg));
    CHECK(Commands<PlayMusic>().at(0).leg.empty());
    Ask("ann", ask::Swap{});
    Ask("ann", ask::Complete{});
    CHECK(Talk(customer, bob_leg));
}

TEST_CASE_METHOD(Consulted, "conference: three-way, and a fourth while the others go on", "[acd][conference]") {
    Ask("ann", ask::Join{});
    CHECK(Talk(customer, ann_leg));
    CHECK(Talk(customer, bob_leg));
    CHECK(Talk(ann_leg, bob_leg));
    CHECK(StateOf("ann") == AgentState::kTalking);
    CHECK(Refused("ann", ask::Hold{true}) == "IN_CONFERENCE");
    Ask("ann", ask::Consult{ToNumber("13900139000")});
    CHECK(Commands<DialNumber>().at(0).caller_number == "96166");
    CHECK(Talk(customer, bob_leg));
    CHECK_FALSE(Hears(customer, ann_leg));
    const LegId outside = PickUpParty();
    CHECK(Talk(ann_leg, outside));
    CHECK_FALSE(Hears(customer, outside));
    Ask("ann", ask::Join{});
    CHECK(Talk(customer, outside));
    CHECK(Talk(bob_leg, outside));
    Ask("ann", ask::Drop{outside});
    CHECK_FALSE(Hears(customer, outside));
    CHECK(Talk(customer, bob_leg));
}

TEST_CASE_METHOD(Consulted, "conference: mute is for whoever asks", "[acd][conference]") {
    Ask("ann", ask::Join{});
    Ask("bob", ask::Mute{true});
    CHECK_FALSE(Hears(customer, bob_leg));
    CHECK(Hears(bob_leg, customer));
    CHECK(Hears(customer, ann_leg));
    Ask("ann", ask::Mute{true});
    CHECK_FALSE(Hears(customer, ann_leg));
    Ask("bob", ask::Mute{false});
    CHECK(Hears(customer, bob_leg));
}

TEST_CASE_METHOD(Consulted, "conference: the ninth is refused", "[acd][conference]") {
    Ask("ann", ask::Join{});
    for (int i = 0; i < 5; ++i) {
        Ask("ann", ask::Consult{ToNumber("1390013900" + std::to_string(i))});
        PickUpParty();
        Ask("ann", ask::Join{});
    }
    CHECK(ArrangementOf(ContactAt("c1")).legs.size() == kMostTalkers);
    CHECK(Refused("ann", ask::Consult{ToNumber("13900139009")}) == "CONFERENCE_FULL");
}

TEST_CASE_METHOD(Consulted, "conference: when the agent leaves, another agent has the contact", "[acd][conference]") {
    Ask("ann", ask::Join{});
    Ask("ann", ask::HangUp{});
    CHECK(Commands<DropLeg>().at(0).leg == ann_leg);
    EndLeg(ann_leg);
    CHECK(ContactAt("c1").part->agent == AgentId("bob"));
    CHECK(Talk(customer, bob_leg));
    CHECK(StateOf("ann") == AgentState::kWrapUp);
    CHECK(Commands<HangUp>().empty());
}

TEST_CASE_METHOD(Consulted, "conference: a member who leaves is free, the others go on", "[acd][conference]") {
    Ask("ann", ask::Join{});
    Ask("bob", ask::HangUp{});
    CHECK(StateOf("bob") == AgentState::kReady);
    CHECK(Talk(customer, ann_leg));
    CHECK(ContactAt("c1").parties.empty());
}

// ---- a fault at each step ----

TEST_CASE_METHOD(Consulting, "fault: nobody answers the consultation, so the agent has the customer back",
                 "[acd][consult][fault]") {
    for (const LegEnd end : {LegEnd::kNoAnswer}) {
        EndLeg(LastParty().leg, end);
        CHECK(Talk(customer, ann_leg));
        CHECK(StateOf("ann") == AgentState::kTalking);
        CHECK(StateOf("bob") == AgentState::kNotReady);
        CHECK(AgentAt("bob").status.reason == "NO_ANSWER");
    }
}

TEST_CASE_METHOD(Consulting, "fault: the agent hangs up while it rings, so the customer waits again at his place",
                 "[acd][consult][fault]") {
    EndLeg(ann_leg);
    CHECK(StateOf("ann") == AgentState::kWrapUp);
    // Both others are ready, so he is offered at once; bob, whose phone rang for nothing, comes first.
    CHECK(ContactAt("c1").segment == 2);
    CHECK(StateOfContact("c1") == ContactState::kOffered);
    CHECK(Commands<HangUp>().empty());
}

TEST_CASE_METHOD(Consulting, "complaint 8: the customer hangs up while it rings, and nobody rings on",
                 "[acd][complaints][fault]") {
    Do(ContactGone{ContactId("c1"), GoneReason::kCustomerLeft});
    CHECK(StateOf("ann") == AgentState::kWrapUp);
    CHECK(StateOf("bob") == AgentState::kReady);
    CHECK(router.contacts().empty());
}

TEST_CASE_METHOD(Consulted, "fault: the agent hangs up in a consultation, which completes it",
                 "[acd][consult][fault]") {
    EndLeg(ann_leg);
    CHECK(ContactAt("c1").part->agent == AgentId("bob"));
    CHECK(Talk(customer, bob_leg));
    CHECK(StateOf("ann") == AgentState::kWrapUp);
}

TEST_CASE_METHOD(Consulted, "fault: the consulted party hangs up, so the agent has the customer back",
                 "[acd][consult][fault]") {
    EndLeg(bob_leg);
    CHECK(Talk(customer, ann_leg));
    CHECK(StateOf("bob") == AgentState::kReady);
}

TEST_CASE_METHOD(Consulted, "fault: the customer hangs up, and both are free", "[acd][consult][fault]") {
    Do(ContactGone{ContactId("c1"), GoneReason::kCustomerLeft});
    CHECK(StateOf("ann") == AgentState::kWrapUp);
    CHECK(StateOf("bob") == AgentState::kReady);
}

TEST_CASE_METHOD(Consulted, "fault: a phone that goes dead in a consultation completes it", "[acd][consult][fault]") {
    EndLeg(ann_leg, LegEnd::kLost);
    CHECK(ContactAt("c1").part->agent == AgentId("bob"));
}

TEST_CASE_METHOD(ConversationFixture, "consult: a number outside can be asked, and have the contact",
                 "[acd][consult]") {
    Ask("ann", ask::Consult{ToNumber("13900139000")});
    const LegId outside = PickUpParty();
    CHECK(Talk(ann_leg, outside));
    Ask("ann", ask::Complete{});
    CHECK(Talk(customer, outside));
    CHECK(ContactAt("c1").part->agent.empty());
    CHECK(StateOf("ann") == AgentState::kWrapUp);
    EndLeg(outside);
    CHECK(Commands<HangUp>().size() == 1);
    CHECK(Facts<AgentSegmentEnded>().size() == 1);
}

TEST_CASE_METHOD(ConversationFixture, "consult: who cannot be asked is refused with a reason", "[acd][consult]") {
    CHECK(Refused("ann", ask::Consult{ToAgent("nobody")}) == "NO_SUCH_TARGET");
    CHECK(Refused("ann", ask::Consult{ToAgent("dan")}) == "TARGET_AWAY");
    CHECK(Refused("ann", ask::Consult{ToNumber("110;rm")}) == "INVALID_NUMBER");
    CHECK(Refused("bob", ask::Consult{ToAgent("cat")}) == "NO_CONTACT");
    CHECK(Refused("nobody", ask::Return{}) == "NO_SUCH_AGENT");
    CHECK(ContactAt("c1").parties.empty());
    CHECK(StateOf("ann") == AgentState::kTalking);
}

}  // namespace trunkline::acd

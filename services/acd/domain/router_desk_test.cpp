// Hold, mute, blind transfer, park, move, dial out.
#include "acd/domain/conversation_fixture.hpp"

namespace trunkline::acd {

TEST_CASE_METHOD(ConversationFixture, "desk: hold and resume, once each", "[acd][desk]") {
    Ask("ann", ask::Hold{true});
    CHECK(StateOf("ann") == AgentState::kHeld);
    CHECK(Commands<Unbridge>().size() == 1);
    Ask("ann", ask::Hold{true});
    CHECK(Commands<Unbridge>().empty());
    SetTime(15);
    Ask("ann", ask::Hold{false});
    CHECK(StateOf("ann") == AgentState::kTalking);
    CHECK(Talk(customer, ann_leg));
    Do(ContactGone{ContactId("c1"), GoneReason::kCustomerLeft});
    CHECK(Facts<AgentSegmentEnded>().at(0).hold == std::chrono::seconds(5));
}

TEST_CASE_METHOD(ConversationFixture, "desk: what the phone holds is resumed at the phone", "[acd][desk]") {
    Do(Held{ContactId("c1"), ann_leg});
    CHECK(Refused("ann", ask::Hold{false}) == "HELD_BY_PHONE");
    Do(Resumed{ContactId("c1"), ann_leg});
    CHECK(Talk(customer, ann_leg));
}

TEST_CASE_METHOD(ConversationFixture, "desk: a muted agent hears the customer, who does not hear him", "[acd][desk]") {
    Ask("ann", ask::Mute{true});
    CHECK(Hears(ann_leg, customer));
    CHECK_FALSE(Hears(customer, ann_leg));
    Ask("ann", ask::Mute{false});
    CHECK(Talk(customer, ann_leg));
}

TEST_CASE_METHOD(ConversationFixture, "desk: a blind transfer asks no phone for its REFER", "[acd][desk]") {
    Ask("ann", ask::Transfer{ToAgent("bob")});
    CHECK(Commands<AnswerTransfer>().empty());
    CHECK(StateOfContact("c1") == ContactState::kTransferring);
    EndOffer("c1", LegEnd::kBusy);
    CHECK(Commands<ReportTransfer>().empty());
    CHECK(Talk(customer, ann_leg));
    Ask("ann", ask::Transfer{{Destination::Kind::kQueue, "second"}});
    CHECK(StateOf("ann") == AgentState::kWrapUp);
    CHECK(ContactAt("c1").queue == QueueId("second"));
    CHECK(Refused("ann", ask::Transfer{ToAgent("bob")}) == "NO_CONTACT");
}

TEST_CASE_METHOD(ConversationFixture, "desk: a blind transfer to a number that answers, or not", "[acd][desk]") {
    Ask("ann", ask::Transfer{ToNumber("13900139000")});
    CHECK(StateOf("ann") == AgentState::kHeld);
    EndLeg(LastParty().leg, LegEnd::kNoAnswer);
    CHECK(Talk(customer, ann_leg));
    CHECK(StateOfContact("c1") == ContactState::kConnected);
    CHECK_FALSE(Facts<ContactTransferred>().at(0).completed);
    Ask("ann", ask::Transfer{ToNumber("13900139000")});
    const LegId outside = PickUpParty();
    CHECK(Talk(customer, outside));
    CHECK(StateOf("ann") == AgentState::kWrapUp);
    CHECK(Facts<ContactTransferred>().at(1).completed);
}

TEST_CASE_METHOD(ConversationFixture, "fault: the agent is gone while the number rings, and it does not answer",
                 "[acd][desk][fault]") {
    Ask("ann", ask::Transfer{ToNumber("13900139000")});
    EndLeg(ann_leg);
    CHECK(StateOf("ann") == AgentState::kWrapUp);
    EndLeg(LastParty().leg, LegEnd::kNoAnswer);
    CHECK(ContactAt("c1").segment == 2);
}

TEST_CASE_METHOD(ConversationFixture, "park: anybody picks it up, the parker wraps up at once", "[acd][park]") {
    Ask("ann", ask::Park{});
    CHECK(StateOfContact("c1") == ContactState::kParked);
    CHECK(StateOf("ann") == AgentState::kWrapUp);
    CHECK(Commands<PlayMusic>().size() == 1);
    CHECK(Commands<DropLeg>().at(0).leg == ann_leg);
    Ask("bob", ask::PickUp{ContactId("c1")});
    CHECK(Commands<Ring>().at(0).phone == "phone-bob");
    CHECK(Refused("cat", ask::PickUp{ContactId("c1")}) == "NOT_PARKED");
    Connect("c1");
    CHECK(StateOf("bob") == AgentState::kTalking);
    CHECK(StateOfContact("c1") == ContactState::kConnected);
    CHECK(Facts<ContactDequeued>().size() == 1);
    CHECK(Facts<ContactTransferred>().at(0).from_agent == AgentId("ann"));
    CHECK(Facts<ContactTransferred>().at(0).to_agent == AgentId("bob"));
    SetTime(1000);
    Tick();
    CHECK(StateOfContact("c1") == ContactState::kConnected);
}

TEST_CASE_METHOD(ConversationFixture, "park: one who is on break may pick up, and is on break again afterwards",
                 "[acd][park]") {
    Ask("ann", ask::Park{});
    Do(AgentStateRequested{AgentId("dan"), AgentState::kNotReady, "LUNCH", "agent"});
    Ask("dan", ask::PickUp{ContactId("c1")});
    Connect("c1");
    CHECK(StateOf("dan") == AgentState::kTalking);
    EndLeg(PartLeg("c1"));
    Do(WrapUpFinished{AgentId("dan")});
    CHECK(StateOf("dan") == AgentState::kNotReady);
    CHECK(AgentAt("dan").status.reason == "LUNCH");
}

TEST_CASE_METHOD(ConversationFixture, "park: who wanted it does not answer, then nobody does in time", "[acd][park]") {
    Ask("ann", ask::Park{});
    Ask("bob", ask::PickUp{ContactId("c1")});
    EndOffer("c1", LegEnd::kNoAnswer);
    CHECK(StateOfContact("c1") == ContactState::kParked);
    SetTime(10 + 300);
    Tick();
    CHECK(ContactAt("c1").segment == 2);
    CHECK(OfferedTo("c1") == "cat");
    Do(ContactGone{ContactId("c1"), GoneReason::kCustomerLeft});
    CHECK(router.contacts().empty());
}

TEST_CASE_METHOD(ConversationFixture, "park: the customer hangs up while parked", "[acd][park]") {
    Ask("ann", ask::Park{});
    Do(ContactGone{ContactId("c1"), GoneReason::kCustomerLeft});
    CHECK(router.contacts().empty());
    CHECK(Refused("bob", ask::PickUp{ContactId("c1")}) == "NO_SUCH_CONTACT");
}

TEST_CASE_METHOD(ConversationFixture, "move: the other phone takes over when it is picked up, not before",
                 "[acd][move]") {
    Ask("ann", ask::MoveTo{ToNumber("13700137000")});
    CHECK(Commands<DialNumber>().size() == 1);
    CHECK(Talk(customer, ann_leg));
    CHECK(Refused("ann", ask::MoveTo{ToAgent("phone-2")}) == "MOVING");
    const LegId moved = PickUpParty();
    CHECK(PartLeg("c1") == moved);
    CHECK(Talk(customer, moved));
    CHECK(Commands<DropLeg>().at(0).leg == ann_leg);
    EndLeg(ann_leg);
    CHECK(StateOf("ann") == AgentState::kTalking);
    Ask("ann", ask::MoveTo{ToAgent("phone-2")});
    CHECK(Commands<Ring>().at(0).phone == "phone-2");
    EndLeg(LastParty().leg, LegEnd::kNoAnswer);
    CHECK(Talk(customer, moved));
    CHECK(ContactAt("c1").parties.empty());
}

TEST_CASE_METHOD(ConversationFixture, "desk: digits go to whom the agent talks with", "[acd][desk]") {
    Ask("ann", ask::SendDigits{"12#"});
    CHECK(Commands<SendDigits>().at(0).leg.empty());
    CHECK(Refused("ann", ask::SendDigits{"12x"}) == "INVALID_DIGITS");
    Ask("ann", ask::Consult{ToNumber("13900139000")});
    const LegId outside = PickUpParty();
    Ask("ann", ask::SendDigits{"1"});
    CHECK(Commands<SendDigits>().at(0).leg == outside);
}

namespace {

class DialOut : public ConversationFixture {
 public:
    ask::DialOut To(const std::string& number, const std::string& queue = "q") {
        return {number, QueueId(queue), ContactId("out"), CallId("call-out")};
    }
};

}  // namespace

TEST_CASE_METHOD(DialOut, "dial out: own phone, then the number, then audio, then wrap-up", "[acd][dial]") {
    Ask("bob", To("13900139000"));
    CHECK(Commands<Originate>().at(0).caller_number == "96166");
    CHECK(Commands<Ring>().at(0).phone == "phone-bob");
    const LegId leg = OfferLeg("out");
    Do(LegAnswered{ContactId("out"), leg});
    CHECK(Commands<DialNumber>().at(0).leg.empty());
    CHECK(Commands<Bridge>().empty());
    Do(CustomerAnswered{ContactId("out")});
    CHECK(Commands<StartRecording>().size() == 1);
    CHECK(Commands<Bridge>().at(0).leg == leg);
    Do(Bridged{ContactId("out"), leg});
    CHECK(StateOf("bob") == AgentState::kTalking);
    Do(ContactGone{ContactId("out"), GoneReason::kCustomerLeft});
    CHECK(StateOf("bob") == AgentState::kWrapUp);
    for (const auto& left : Facts<ContactDequeued>()) {
        CHECK(left.contact != ContactId("out"));
    }
}

TEST_CASE_METHOD(DialOut, "complaint 36: a failed call of his own leaves an agent on break on break",
                 "[acd][complaints]") {
    Do(AgentStateRequested{AgentId("dan"), AgentState::kNotReady, "LUNCH", "agent"});
    Ask("dan", To("13900139000"));
    CHECK(StateOf("dan") == AgentState::kReserved);
    Do(LegAnswered{ContactId("out"), OfferLeg("out")});
    Do(ContactGone{ContactId("out"), GoneReason::kSystemError});
    CHECK(StateOf("dan") == AgentState::kNotReady);
    CHECK(AgentAt("dan").status.reason == "LUNCH");
    Ask("dan", To("13900139000"));
    Do(LegEnded{ContactId("out"), OfferLeg("out"), LegEnd::kNoAnswer});
    CHECK(Commands<HangUp>().size() == 1);
    CHECK(StateOf("dan") == AgentState::kNotReady);
    CHECK(AgentAt("dan").status.reason == "LUNCH");
}

TEST_CASE_METHOD(DialOut, "dial out: refused with a reason", "[acd][dial]") {
    CHECK(Refused("ann", To("13900139000")) == "AGENT_BUSY");
    CHECK(Refused("bob", To("nobody")) == "INVALID_NUMBER");
    CHECK(Refused("bob", To("13900139000", "second")) == "NO_OUTBOUND");
    CHECK(Refused("bob", To("13900139000", "none")) == "NO_SUCH_QUEUE");
    Do(AgentLoggedOut{AgentId("dan")});
    CHECK(Refused("dan", To("13900139000")) == "AGENT_LOGGED_OUT");
    CHECK(router.contacts().size() == 1);
}

}  // namespace trunkline::acd

// Transfers: to an agent, to a queue, refused, failed.
#include "acd/domain/router_fixture.hpp"

namespace trunkline::acd {
namespace {

// ann talks with c1 and asks for a transfer.
class TransferFixture : public RouterFixture {
 public:
    TransferFixture() {
        AddQueue("q");
        AddQueue("second");
        AddReady("ann");
        Arrive("c1", "q");
        Connect("c1");
        ann_leg = PartLeg("c1");
        SetTime(10);
    }
    void Ask(const std::string& target, bool attended = false) {
        Do(TransferRequested{ContactId("c1"), ann_leg, target, attended});
    }
    TransferAnswer Answer() const { return Commands<AnswerTransfer>().at(0).answer; }
    LegId ann_leg;
};

}  // namespace

TEST_CASE_METHOD(TransferFixture, "transfer: the second agent answers and the first wraps up", "[acd][transfer]") {
    AddReady("bob");
    Ask("phone-bob");
    CHECK(Answer() == TransferAnswer::kAccepted);
    CHECK(Commands<PlayMusic>().size() == 1);
    CHECK(Commands<Ring>().at(0).phone == "phone-bob");
    CHECK(StateOf("ann") == AgentState::kHeld);
    CHECK(StateOf("bob") == AgentState::kReserved);
    CHECK(StateOfContact("c1") == ContactState::kTransferring);
    SetTime(14);
    Connect("c1");
    CHECK(Commands<ReportTransfer>().at(0).completed);
    CHECK(Commands<DropLeg>().at(0).leg == ann_leg);
    CHECK(StateOf("ann") == AgentState::kWrapUp);
    CHECK(StateOf("bob") == AgentState::kTalking);
    CHECK(StateOfContact("c1") == ContactState::kConnected);
    const auto part = Facts<AgentSegmentEnded>().at(0);
    CHECK(part.reason == "TRANSFERRED");
    CHECK(part.talk == std::chrono::seconds(10));
    CHECK(part.hold == std::chrono::seconds(4));
    CHECK(Facts<ContactTransferred>().at(0).completed);
    CHECK(Facts<ContactTransferred>().at(0).to_agent == AgentId("bob"));
    CHECK(Facts<ContactDequeued>().size() == 1);
}

TEST_CASE_METHOD(TransferFixture, "transfer: when nobody answers the first agent has the customer back",
                 "[acd][transfer]") {
    AddReady("bob");
    Ask("bob");
    EndOffer("c1", LegEnd::kNoAnswer);
    CHECK_FALSE(Commands<ReportTransfer>().at(0).completed);
    CHECK(Commands<Bridge>().at(0).leg == ann_leg);
    CHECK(StateOf("ann") == AgentState::kTalking);
    CHECK(StateOf("bob") == AgentState::kNotReady);
    CHECK(StateOfContact("c1") == ContactState::kConnected);
    CHECK_FALSE(Facts<ContactTransferred>().at(0).completed);
}

TEST_CASE_METHOD(TransferFixture, "transfer: a phone that holds keeps the customer on music", "[acd][transfer]") {
    AddReady("bob");
    Do(Held{ContactId("c1"), ann_leg});
    Ask("bob");
    EndOffer("c1", LegEnd::kRejected);
    CHECK(Commands<Bridge>().empty());
    CHECK(StateOf("ann") == AgentState::kHeld);
    Do(Resumed{ContactId("c1"), ann_leg});
    CHECK(StateOf("ann") == AgentState::kTalking);
}

TEST_CASE_METHOD(TransferFixture, "transfer: fails with the first agent gone, so the customer queues again",
                 "[acd][transfer]") {
    AddReady("bob");
    Ask("bob");
    Do(LegEnded{ContactId("c1"), ann_leg, LegEnd::kHungUp});
    CHECK(StateOf("ann") == AgentState::kWrapUp);
    CHECK(StateOfContact("c1") == ContactState::kTransferring);
    Arrive("c2", "q");
    EndOffer("c1", LegEnd::kNoAnswer);
    CHECK(StateOfContact("c1") == ContactState::kWaiting);
    CHECK(router.PlaceOf(ContactAt("c1")) == 1);
    CHECK(ContactAt("c1").segment == 2);
}

TEST_CASE_METHOD(TransferFixture, "transfer: to a queue ends the agent's part and opens a segment there",
                 "[acd][transfer]") {
    Ask("second");
    CHECK(Answer() == TransferAnswer::kAccepted);
    CHECK(Commands<DropLeg>().at(0).leg == ann_leg);
    CHECK(StateOf("ann") == AgentState::kWrapUp);
    CHECK(ContactAt("c1").queue == QueueId("second"));
    CHECK(StateOfContact("c1") == ContactState::kWaiting);
    CHECK(Facts<ContactTransferred>().at(0).target == "second");
}

TEST_CASE_METHOD(TransferFixture, "transfer: refused with a cause of its own", "[acd][transfer]") {
    AddAgent("away");
    Ask("nobody");
    CHECK(Answer() == TransferAnswer::kUnknownTarget);
    Ask("away");
    CHECK(Answer() == TransferAnswer::kTargetAway);
    Ask("away", true);
    CHECK(Answer() == TransferAnswer::kNotSupported);
    ann_leg = LegId("another");
    Ask("away");
    CHECK(Answer() == TransferAnswer::kNotNow);
    CHECK(StateOf("ann") == AgentState::kTalking);
}

TEST_CASE_METHOD(TransferFixture, "transfer: the customer leaves in the middle and both agents are freed",
                 "[acd][transfer]") {
    AddReady("bob");
    Ask("bob");
    Do(ContactGone{ContactId("c1"), GoneReason::kCustomerLeft});
    CHECK(StateOf("ann") == AgentState::kWrapUp);
    CHECK(StateOf("bob") == AgentState::kReady);
    CHECK_FALSE(Facts<ContactTransferred>().at(0).completed);
    CHECK(Facts<OfferEnded>().at(0).reason == "CALLER_GONE");
    CHECK(router.contacts().empty());
}

}  // namespace trunkline::acd

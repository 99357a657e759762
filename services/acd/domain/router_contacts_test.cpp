// Arrival, overflow, announcements, talk, hold, wrap-up.
#include "acd/domain/router_fixture.hpp"

namespace trunkline::acd {

using std::chrono::seconds;

TEST_CASE_METHOD(RouterFixture, "router: a contact for an unknown queue is handed back", "[acd][router]") {
    Arrive("c1", "nowhere");
    REQUIRE(Commands<HandBack>().size() == 1);
    CHECK(Commands<HandBack>()[0].reason == "UNKNOWN_QUEUE");
    CHECK(router.contacts().empty());
    CHECK(facts.empty());
}

TEST_CASE_METHOD(RouterFixture, "router: a waiting contact hears music and is told his place", "[acd][router]") {
    QueueSettings queue;
    queue.id = QueueId("q");
    queue.announcement_interval = seconds(30);
    Do(QueuePut{queue});
    Arrive("c1", "q");
    CHECK(Commands<PlayMusic>().size() == 1);
    Arrive("c2", "q");
    Tick();
    REQUIRE(Commands<Announce>().size() == 2);
    CHECK(Commands<Announce>()[1].place == 2);
    SetTime(29);
    Tick();
    CHECK(Commands<Announce>().empty());
    Do(ContactGone{ContactId("c1"), GoneReason::kCustomerLeft});
    SetTime(30);
    Tick();
    REQUIRE(Commands<Announce>().size() == 1);
    CHECK(Commands<Announce>()[0].place == 1);
}

TEST_CASE_METHOD(RouterFixture, "router: overflow opens a segment in the other queue and keeps the age",
                 "[acd][router]") {
    QueueSettings queue;
    queue.id = QueueId("q");
    queue.required_skills = {{"rare", 1}};
    queue.overflow_after = seconds(60);
    queue.overflow_to = QueueId("other");
    Do(QueuePut{queue});
    AddQueue("other", {{"common", 1}});
    Arrive("c1", "q");
    SetTime(10);
    Arrive("c2", "other");
    SetTime(61);
    Tick();
    CHECK(ContactAt("c1").queue == QueueId("other"));
    const auto ended = Facts<ContactDequeued>();
    REQUIRE(ended.size() == 1);
    CHECK(ended[0].outcome == Outcome::kFlowOut);
    CHECK(ended[0].to_queue == QueueId("other"));
    CHECK(ended[0].left == At(60));
    CHECK(Facts<ContactQueued>().back().queued == At(60));
    CHECK(Facts<ContactQueued>().back().segment != Facts<ContactQueued>().front().segment);
    CHECK(router.PlaceOf(ContactAt("c1")) == 1);
}

TEST_CASE_METHOD(RouterFixture, "router: overflow due while ringing happens when the offer has failed",
                 "[acd][router]") {
    QueueSettings queue;
    queue.id = QueueId("q");
    queue.overflow_after = seconds(10);
    queue.overflow_to = QueueId("other");
    AddQueue("other", {{"common", 1}});
    Do(QueuePut{queue});
    AddReady("ann");
    Arrive("c1", "q");
    SetTime(12);
    Tick();
    CHECK(OfferedTo("c1") == "ann");
    EndOffer("c1", LegEnd::kNoAnswer);
    Tick();
    CHECK(ContactAt("c1").queue == QueueId("other"));
}

TEST_CASE_METHOD(RouterFixture, "router: talk and hold are told apart, then comes the wrap-up", "[acd][router]") {
    AddQueue("q");
    AddReady("ann");
    Arrive("c1", "q");
    SetTime(3);
    Connect("c1");
    CHECK(StateOf("ann") == AgentState::kTalking);
    CHECK(Facts<ContactDequeued>()[0].outcome == Outcome::kAnswered);
    CHECK(Facts<ContactDequeued>()[0].agent == AgentId("ann"));
    SetTime(13);
    Do(Held{ContactId("c1"), PartLeg("c1")});
    CHECK(StateOf("ann") == AgentState::kHeld);
    CHECK(Commands<Unbridge>().size() == 1);
    CHECK(Commands<PlayMusic>().size() == 1);
    SetTime(20);
    Do(Resumed{ContactId("c1"), PartLeg("c1")});
    CHECK(StateOf("ann") == AgentState::kTalking);
    CHECK(Commands<Bridge>().size() == 1);
    SetTime(25);
    Do(LegEnded{ContactId("c1"), PartLeg("c1"), LegEnd::kHungUp});
    CHECK(Commands<HangUp>().size() == 1);
    const auto ended = Facts<AgentSegmentEnded>();
    REQUIRE(ended.size() == 1);
    CHECK(ended[0].talk == seconds(15));
    CHECK(ended[0].hold == seconds(7));
    CHECK(ended[0].reason == "HUNG_UP");
    CHECK(StateOf("ann") == AgentState::kWrapUp);
    SetTime(60);
    Tick();
    CHECK(StateOf("ann") == AgentState::kReady);
    REQUIRE(Facts<WrapUpEnded>().size() == 1);
    CHECK(Facts<WrapUpEnded>()[0].duration == seconds(30));
    CHECK(Facts<WrapUpEnded>()[0].timed_out);
    CHECK(AgentAt("ann").status.since == At(55));
}

TEST_CASE_METHOD(RouterFixture, "router: the next state asked for while talking follows the wrap-up", "[acd][router]") {
    AddQueue("q");
    AddReady("ann");
    Arrive("c1", "q");
    Connect("c1");
    CHECK(ReasonOf(AgentLoggedOut{AgentId("ann")}) == "AGENT_BUSY");
    Do(AgentStateRequested{AgentId("ann"), AgentState::kNotReady, "LUNCH", "agent"});
    Do(ContactGone{ContactId("c1"), GoneReason::kCustomerLeft});
    CHECK(StateOf("ann") == AgentState::kWrapUp);
    Do(WrapUpFinished{AgentId("ann")});
    CHECK(StateOf("ann") == AgentState::kNotReady);
    CHECK(AgentAt("ann").status.reason == "LUNCH");
    CHECK_FALSE(Facts<WrapUpEnded>()[0].timed_out);
}

TEST_CASE_METHOD(RouterFixture, "router: a customer whose agent is lost goes back to his place", "[acd][router]") {
    AddQueue("q");
    AddReady("ann");
    Arrive("c1", "q");
    Connect("c1");
    SetTime(5);
    Arrive("c2", "q");
    SetTime(10);
    Do(LegEnded{ContactId("c1"), PartLeg("c1"), LegEnd::kLost});
    CHECK(StateOf("ann") == AgentState::kNotReady);
    CHECK(AgentAt("ann").status.reason == "PHONE_UNREACHABLE");
    CHECK(Facts<AgentSegmentEnded>()[0].reason == "AGENT_LOST");
    REQUIRE(Facts<WrapUpEnded>().size() == 1);
    CHECK(Facts<WrapUpEnded>()[0].duration == Duration::zero());
    CHECK(router.PlaceOf(ContactAt("c1")) == 1);
    CHECK(ContactAt("c1").segment == 2);
    CHECK(ContactAt("c1").queued == At(10));
}

TEST_CASE_METHOD(RouterFixture, "router: a queue that must record starts it before audio, and ends without",
                 "[acd][router]") {
    QueueSettings queue;
    queue.id = QueueId("q");
    queue.recording = Recording::kMust;
    Do(QueuePut{queue});
    AddReady("ann");
    Arrive("c1", "q");
    Do(LegAnswered{ContactId("c1"), OfferLeg("c1")});
    REQUIRE(last.commands.size() == 2);
    CHECK(std::get<StartRecording>(last.commands[0]).required);
    CHECK(std::holds_alternative<Bridge>(last.commands[1]));
    Do(RecordingFailed{ContactId("c1")});
    CHECK(Commands<HangUp>().size() == 1);
}

TEST_CASE_METHOD(RouterFixture, "router: requests that do not fit are refused and change nothing", "[acd][router]") {
    AddQueue("q");
    AddAgent("ann");
    CHECK(ReasonOf(AgentLoggedIn{AgentId("nobody")}) == "NO_SUCH_AGENT");
    CHECK(ReasonOf(ContactGone{ContactId("none"), GoneReason::kCustomerLeft}) == "NO_SUCH_CONTACT");
    CHECK(ReasonOf(WrapUpFinished{AgentId("ann")}) == "AGENT_NOT_IN_WRAP_UP");
    CHECK(ReasonOf(AgentStateRequested{AgentId("ann"), AgentState::kTalking, "", "agent"}) == "STATE_NOT_SETTABLE");
    CHECK(ReasonOf(AgentDeleted{AgentId("ann")}) == "AGENT_LOGGED_IN");
    CHECK(ReasonOf(AgentPut{{AgentId("bob"), "", "phone-ann", {}}}) == "PHONE_IN_USE");
    CHECK(ReasonOf(AgentPut{{AgentId("two words"), "", "p", {}}}) == "INVALID_AGENT");
    QueueSettings queue;
    queue.id = QueueId("q2");
    queue.strategy = "coin";
    CHECK(ReasonOf(QueuePut{queue}) == "INVALID_QUEUE");
    Arrive("c1", "q");
    CHECK(ReasonOf(QueueDeleted{QueueId("q")}) == "QUEUE_IN_USE");
    CHECK(StateOf("ann") == AgentState::kNotReady);
    CHECK(router.agents().size() == 1);
}

TEST_CASE_METHOD(RouterFixture, "router: lowering what a queue requires serves who waits there", "[acd][router]") {
    AddQueue("q", {{"rare", 80}});
    AddReady("ann", {{"rare", 40}});
    Arrive("c1", "q");
    CHECK(StateOfContact("c1") == ContactState::kWaiting);
    AddQueue("q", {{"rare", 30}});
    CHECK(OfferedTo("c1") == "ann");
}

}  // namespace trunkline::acd

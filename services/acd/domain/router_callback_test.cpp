// Callers who are called back: asked, accepted, called in their place, tried again, given up.
#include "acd/domain/callback_fixture.hpp"
#include "acd/domain/explain.hpp"

namespace trunkline::acd {

TEST_CASE_METHOD(CallbackFixture, "callback: a caller who accepts leaves and his place stays where it was",
                 "[acd][callback]") {
    Arrive("c1", "q");
    SetTime(1);
    Arrive("c2", "q");
    SetTime(2);
    Arrive("c3", "q");
    SetTime(10);
    Press("c2");
    REQUIRE(Commands<AskCustomer>().size() == 1);
    CHECK(Commands<AskCustomer>()[0].number == "13800138000");
    CHECK(StateOfContact("c2") == ContactState::kWaiting);
    Say("c2", "1");
    REQUIRE(Commands<SayGoodbye>().size() == 1);
    CHECK(Commands<SayGoodbye>()[0].calls_back);
    Do(ContactGone{ContactId("c2")});
    const Contact& waits = ContactAt(TryId("c2", 1));
    CHECK(waits.arrived == At(1));
    CHECK(waits.call.empty());
    CHECK(router.PlaceOf(waits) == 2);
    CHECK(router.PlaceOf(ContactAt("c3")) == 3);
    const auto left = Facts<ContactDequeued>();
    REQUIRE(left.size() == 1);
    CHECK(left[0].outcome == Outcome::kFlowOut);
    CHECK(left[0].to_target == "callback:c2");
    REQUIRE(Facts<CallbackRequested>().size() == 1);
    CHECK(Facts<ContactQueued>().back().callback == CallbackId("c2"));
    CHECK(Facts<ContactQueued>().back().queued == At(1));
    CHECK(CallbackAt("c2").data.at("topic") == "ticket");
}

TEST_CASE_METHOD(CallbackFixture, "callback: the agent answers first, then the customer is called and presses 1",
                 "[acd][callback]") {
    Arrive("c1", "q");
    const std::string call = AskBack("c1");
    AddReady("ann");
    REQUIRE(OfferedTo(call) == "ann");
    REQUIRE(Commands<Originate>().size() == 1);
    CHECK(Commands<Originate>()[0].number == "13800138000");
    CHECK(Commands<Originate>()[0].caller_number == "96166");
    CHECK(Commands<Ring>().size() == 1);
    CHECK(Commands<DialNumber>().empty());
    AgentAnswers(call);
    REQUIRE(Commands<DialNumber>().size() == 1);
    CHECK(Commands<DialNumber>()[0].number == "13800138000");
    CHECK(Commands<Bridge>().empty());
    SetTime(12);
    CustomerAnswers(call);
    REQUIRE(Commands<AskCustomer>().size() == 1);
    CHECK(Commands<AskCustomer>()[0].question == Question::kGreeting);
    CHECK(StateOf("ann") == AgentState::kReserved);
    Key(call, "1");
    REQUIRE(Commands<Bridge>().size() == 1);
    Do(Bridged{ContactId(call), OfferLeg(call)});
    CHECK(StateOf("ann") == AgentState::kTalking);
    CHECK(ResultOf() == "CONNECTED");
    CHECK(Facts<CallbackEnded>()[0].tries == 1);
    CHECK_FALSE(CallbackAt("c1").open());
    Do(ContactGone{ContactId(call)});
    CHECK(StateOf("ann") == AgentState::kWrapUp);
    CHECK(Facts<ContactDequeued>().back().outcome == Outcome::kAnswered);
}

TEST_CASE_METHOD(CallbackFixture, "callback: with the customer first the agent is kept free and rung when he is there",
                 "[acd][callback]") {
    Change([](QueueSettings& queue) { queue.callbacks.agent_first = false; });
    Arrive("c1", "q");
    const std::string call = AskBack("c1");
    AddReady("ann");
    CHECK(Commands<Ring>().empty());
    REQUIRE(Commands<DialNumber>().size() == 1);
    CHECK(StateOf("ann") == AgentState::kReserved);
    CustomerAnswers(call);
    Key(call, "1");
    CHECK(Commands<Ring>().size() == 1);
    CHECK(Commands<PlayMusic>().size() == 1);
    SECTION("and the agent answers") {
        Connect(call);
        CHECK(StateOf("ann") == AgentState::kTalking);
        CHECK(ResultOf() == "CONNECTED");
    }
    SECTION("and an agent who does not answer leaves him first in the line, on the line") {
        EndOffer(call, LegEnd::kNoAnswer);
        CHECK(StateOfContact(call) == ContactState::kWaiting);
        CHECK(router.PlaceOf(ContactAt(call)) == 1);
        AddReady("bob");
        CHECK(Commands<Ring>().size() == 1);
        CHECK(Commands<Originate>().empty());
        Connect(call);
        CHECK(StateOf("bob") == AgentState::kTalking);
    }
    SECTION("and he hangs up before anybody answers") {
        Do(ContactGone{ContactId(call)});
        CHECK(ResultOf() == "ABANDONED");
        CHECK(Facts<ContactDequeued>().back().outcome == Outcome::kAbandoned);
        CHECK(StateOf("ann") == AgentState::kReady);
    }
}

TEST_CASE_METHOD(CallbackFixture, "callback: nobody answers, so it is tried again at its old place, then given up",
                 "[acd][callback]") {
    Arrive("c1", "q");
    const std::string first = AskBack("c1");
    SetTime(5);
    AddReady("ann");
    AgentAnswers(first);
    SetTime(40);
    TryFails(first, "NO_ANSWER");
    CHECK(StateOf("ann") == AgentState::kReady);
    CHECK(Facts<OfferEnded>().back().reason == "CUSTOMER_NOT_REACHED");
    CHECK(CallbackAt("c1").state == Callback::State::kPaused);
    CHECK(Facts<CallbackTried>().back().next == At(100));
    const auto why = ExplainCallback(router, CallbackId("c1"), At(70));
    REQUIRE(why);
    CHECK(why->state == "CALLBACK_PAUSED");
    CHECK(why->next_ring == std::chrono::seconds(30));
    Do(AgentStateRequested{AgentId("ann"), AgentState::kNotReady, "LUNCH", "agent"});
    SetTime(50);
    Arrive("c2", "q");
    SetTime(100);
    Tick();
    const std::string second = TryId("c1", 2);
    CHECK(router.PlaceOf(ContactAt(second)) == 1);
    CHECK(router.PlaceOf(ContactAt("c2")) == 2);
    SetReady("ann");
    REQUIRE(OfferedTo(second) == "ann");
    AgentAnswers(second);
    TryFails(second, "BUSY");
    CHECK(ResultOf() == "NOT_REACHED");
    CHECK(Facts<CallbackEnded>().back().tries == 2);
    CHECK(OfferedTo("c2") == "ann");
}

TEST_CASE_METHOD(CallbackFixture, "callback: a mailbox that presses nothing gets no agent", "[acd][callback]") {
    Arrive("c1", "q");
    const std::string call = AskBack("c1");
    AddReady("ann");
    AgentAnswers(call);
    CustomerAnswers(call);
    Key(call, "");
    CHECK(Commands<Bridge>().empty());
    CHECK(Commands<HangUp>().size() == 1);
    CHECK(Facts<CallbackTried>().back().result == "NOT_CONFIRMED");
    CHECK(StateOf("ann") == AgentState::kReady);
}

TEST_CASE_METHOD(CallbackFixture, "callback: an agent lost while the customer's phone rings does not count as a try",
                 "[acd][callback]") {
    Arrive("c1", "q");
    const std::string first = AskBack("c1");
    AddReady("ann");
    AgentAnswers(first);
    EndOffer(first, LegEnd::kHungUp);
    CHECK(Commands<HangUp>().size() == 1);
    CHECK(StateOf("ann") == AgentState::kNotReady);
    CHECK(CallbackAt("c1").tries == 0);
    const std::string second = TryId("c1", 2);
    CHECK(router.PlaceOf(ContactAt(second)) == 1);
    AddReady("bob");
    CHECK(OfferedTo(second) == "bob");
}

TEST_CASE_METHOD(CallbackFixture, "callback: an agent who does not answer leaves it to the next", "[acd][callback]") {
    Arrive("c1", "q");
    const std::string call = AskBack("c1");
    AddReady("ann");
    EndOffer(call, LegEnd::kNoAnswer);
    CHECK(StateOf("ann") == AgentState::kNotReady);
    CHECK(StateOfContact(call) == ContactState::kWaiting);
    AddReady("bob");
    CHECK(Commands<Originate>().empty());
    AgentAnswers(call);
    CHECK(Commands<DialNumber>().size() == 1);
}

TEST_CASE_METHOD(CallbackFixture, "callback: another number is keyed in, said back and taken", "[acd][callback]") {
    Arrive("c1", "q");
    Press("c1");
    Say("c1", "2");
    CHECK(Commands<AskCustomer>()[0].question == Question::kNumber);
    Say("c1", "123", {"123", ""});
    CHECK(Commands<AskCustomer>()[0].question == Question::kNumberAgain);
    Say("c1", "075588886666", {"075588886666", "+8675588886666"});
    CHECK(Commands<AskCustomer>()[0].question == Question::kConfirmNumber);
    CHECK(Commands<AskCustomer>()[0].number == "075588886666");
    Say("c1", "1");
    CHECK(CallbackAt("c1").number.dial == "075588886666");
}

TEST_CASE_METHOD(CallbackFixture, "callback: who keys in nothing that will do goes on waiting", "[acd][callback]") {
    Arrive("c1", "q");
    Press("c1");
    SECTION("no answer") {
        Say("c1", "");
        CHECK(Commands<PlayMusic>().size() == 1);
    }
    SECTION("three numbers that cannot be called") {
        Say("c1", "2");
        for (int i = 0; i < 3; ++i) {
            Say("c1", "999", {"999", ""});
            CHECK(Commands<AskCustomer>().size() == 1);
        }
        Say("c1", "999", {"999", ""});
        CHECK(Commands<RefuseCallback>().size() == 1);
    }
    CHECK(router.callbacks().empty());
    CHECK(router.PlaceOf(ContactAt("c1")) == 1);
    Press("c1");
    CHECK(Commands<AskCustomer>().size() == 1);
}

TEST_CASE_METHOD(CallbackFixture, "callback: an agent who is free while he is asked gets him", "[acd][callback]") {
    Arrive("c1", "q");
    Press("c1");
    AddReady("ann");
    REQUIRE(OfferedTo("c1") == "ann");
    Say("c1", "1");
    CHECK(router.callbacks().empty());
    Connect("c1");
    CHECK(StateOf("ann") == AgentState::kTalking);
}

TEST_CASE_METHOD(CallbackFixture, "callback: who calls again has his place back and is not called", "[acd][callback]") {
    Arrive("c1", "q");
    const std::string call = AskBack("c1");
    SetTime(20);
    Arrive("c2", "q");
    SetTime(30);
    ContactArrived again{ContactId("c3"), CallId("call-c3"), "+8613800138000", QueueId("q"), 0, true, 0, 0, ""};
    again.caller = "+8613800138000";
    SECTION("while it waits") { Do(again); }
    SECTION("while it is being called, which stops") {
        AddReady("ann");
        Do(AgentStateRequested{AgentId("ann"), AgentState::kNotReady, "LUNCH", "agent"});
        AgentAnswers(call);
        Do(again);
        CHECK(Commands<HangUp>().size() == 1);
    }
    CHECK(ResultOf() == "CALLED_AGAIN");
    CHECK_FALSE(router.contacts().contains(ContactId(call)));
    CHECK(router.PlaceOf(ContactAt("c3")) == 1);
    CHECK(router.PlaceOf(ContactAt("c2")) == 2);
}

TEST_CASE_METHOD(CallbackFixture, "callback: one for each number, and none to those who must not be called",
                 "[acd][callback]") {
    Arrive("c1", "q");
    AskBack("c1");
    Arrive("c2", "q");
    Press("c2");
    REQUIRE(Commands<RefuseCallback>().size() == 1);
    CHECK(Commands<RefuseCallback>()[0].arranged);
    Do(DoNotCallPut{NumberOf("11111111").key});
    Press("c2", "11111111");
    // His own number may not be called, so he is asked for another one.
    CHECK(Commands<AskCustomer>()[0].question == Question::kNumber);
    Say("c2", "13811111111", NumberOf("11111111"));
    CHECK(Commands<AskCustomer>()[0].question == Question::kNumberAgain);
    Say("c2", "13800138000", NumberOf("00138000"));
    CHECK(Commands<RefuseCallback>()[0].arranged);
    Do(DoNotCallPut{NumberOf("00138000").key});
    CHECK(ResultOf() == "DO_NOT_CALL");
}

TEST_CASE_METHOD(CallbackFixture, "callback: outside the hours nobody is called, and the place is kept",
                 "[acd][callback]") {
    Arrive("c1", "q");
    const std::string call = AskBack("c1");
    SetTime(5);
    Arrive("c2", "q");
    Do(CallbackHoursChanged{QueueId("q"), false});
    CHECK(Explain(router, ContactAt(call), now()).state == "CALLBACK_HOURS");
    AddReady("ann");
    CHECK(OfferedTo("c2") == "ann");
    Do(ContactPriorityChanged{ContactId(call), 3, {}});
    Do(QueuePut{SettingsOf("q")});
    SetTime(10);
    Arrive("c3", "q");
    Do(CallbackHoursChanged{QueueId("q"), true});
    CHECK(router.PlaceOf(ContactAt(call)) == 1);
    AddReady("bob");
    CHECK(OfferedTo(call) == "bob");
}

TEST_CASE_METHOD(CallbackFixture, "callback: it expires, unless the customer is being called just then",
                 "[acd][callback]") {
    Arrive("c1", "q");
    const std::string call = AskBack("c1");
    const double end = 24 * 3600;
    SECTION("while it waits") {
        SetTime(end);
        Tick();
        CHECK(ResultOf() == "EXPIRED");
        CHECK(router.contacts().empty());
    }
    SECTION("while he is called") {
        SetTime(end - 1);
        AddReady("ann");
        AgentAnswers(call);
        SetTime(end);
        Tick();
        CHECK(ResultOf().empty());
        TryFails(call, "NO_ANSWER");
        CHECK(ResultOf() == "EXPIRED");
    }
    SetTime(end + 3600);
    Tick();
    CHECK(router.callbacks().empty());
    CHECK(last.callbacks == std::vector<CallbackId>{CallbackId("c1")});
}

TEST_CASE_METHOD(CallbackFixture, "callback: it is cancelled by people and by the customer's key", "[acd][callback]") {
    Arrive("c1", "q");
    const std::string call = AskBack("c1");
    SECTION("by people") {
        Do(CallbackCancelled{CallbackId("c1")});
        CHECK(ResultOf() == "CANCELLED");
        CHECK(ReasonOf(CallbackCancelled{CallbackId("c1")}) == "CALLBACK_DONE");
    }
    SECTION("by the customer") {
        AddReady("ann");
        AgentAnswers(call);
        CustomerAnswers(call);
        Key(call, "2");
        CHECK(ResultOf() == "CANCELLED_BY_CUSTOMER");
        CHECK(StateOf("ann") == AgentState::kReady);
    }
    CHECK(router.contacts().empty());
    CHECK(ReasonOf(CallbackCancelled{CallbackId("c9")}) == "NO_SUCH_CALLBACK");
}

TEST_CASE_METHOD(CallbackFixture, "callback: rules that empty the queue leave it there", "[acd][callback]") {
    Change([](QueueSettings& queue) {
        queue.overflow_rules = {{OverflowWhen::kClosed, 0, OverflowTo::kHangUp, "", "closed"}};
    });
    Arrive("c1", "q");
    Arrive("c2", "q");
    const std::string call = AskBack("c1");
    Do(QueueHoursChanged{QueueId("q"), Hours::kClosed});
    Tick();
    CHECK(StateOfContact("c2") == ContactState::kDone);
    CHECK(router.PlaceOf(ContactAt(call)) == 1);
}

TEST_CASE_METHOD(CallbackFixture, "callback: a queue without a way out offers none", "[acd][callback]") {
    QueueSettings queue = SettingsOf("q");
    queue.outbound = {};
    CHECK(ReasonOf(QueuePut{queue}) == "INVALID_QUEUE");
    queue.outbound = {"carrier", "96166"};
    queue.callbacks.tries = 11;
    CHECK(ReasonOf(QueuePut{queue}) == "INVALID_QUEUE");
}

}  // namespace trunkline::acd

// How a contact without a call goes its way: given on, left by the customer or by the agent.
#include "acd/domain/media_fixture.hpp"

namespace trunkline::acd {

TEST_CASE("media: a contact is given to another agent, who may not want it, or to a queue", "[acd][media]") {
    MediaCentre centre;
    centre.AddReady("ann");
    centre.Serve("ann", "c1", "chat");
    CHECK(centre.Give("ann", "c1", Destination::Kind::kAgent, "bob").error().reason == "NO_SUCH_TARGET");
    centre.AddAgent("bob");
    CHECK(centre.Give("ann", "c1", Destination::Kind::kAgent, "bob").error().reason == "TARGET_AWAY");
    centre.SetReady("bob");

    SECTION("he takes it") {
        REQUIRE(centre.Give("ann", "c1", Destination::Kind::kAgent, "bob").ok());
        CHECK(centre.StateOfContact("c1") == ContactState::kTransferring);
        centre.SetTime(5);
        centre.Accept("bob", "c1");
        CHECK(centre.ContactAt("c1").part->agent == AgentId("bob"));
        CHECK(centre.Facts<AgentSegmentEnded>().back().reason == "TRANSFERRED");
        CHECK(centre.Facts<AgentSegmentEnded>().back().talk == seconds(5));
        CHECK(centre.Facts<AgentSegmentEnded>().back().hold == seconds(0));
        CHECK(centre.Facts<ContactTransferred>().back().completed);
        CHECK(centre.AgentAt("ann").tasks.empty());
        CHECK(centre.Facts<WrapUpEnded>().back().agent == AgentId("ann"));
    }
    SECTION("he declines, and the first keeps it") {
        REQUIRE(centre.Give("ann", "c1", Destination::Kind::kAgent, "bob").ok());
        centre.Do(AgentAsked{AgentId("bob"), ask::Decline{ContactId("c1")}});
        CHECK(centre.StateOfContact("c1") == ContactState::kConnected);
        CHECK(centre.ContactAt("c1").part->agent == AgentId("ann"));
        CHECK_FALSE(centre.Facts<ContactTransferred>().back().completed);
        CHECK(centre.AgentAt("bob").tasks.empty());
    }
    SECTION("to a queue it keeps its age") {
        centre.SetTime(9);
        REQUIRE(centre.Give("ann", "c1", Destination::Kind::kQueue, "other").ok());
        CHECK(centre.StateOfContact("c1") == ContactState::kWaiting);
        CHECK(centre.ContactAt("c1").queue == QueueId("other"));
        CHECK(centre.ContactAt("c1").arrived == MediaCentre::At(0));
        CHECK(centre.AgentAt("ann").tasks.empty());
    }
    SECTION("a supervisor gives a waiting one to an agent") {
        centre.Do(centre.Make("c2", "chat", "other"));
        centre.Do(TaskGiven{ContactId("c2"), {Destination::Kind::kAgent, "bob"}});
        CHECK(centre.OfferedTo("c2") == "bob");
    }
}

TEST_CASE("media: a customer who leaves is counted, and whoever had him wraps up", "[acd][media]") {
    MediaCentre centre;
    centre.Bring("early", "chat");
    centre.Do(ContactGone{ContactId("early")});
    CHECK(centre.Facts<ContactDequeued>().back().outcome == Outcome::kAbandoned);
    CHECK(centre.Facts<ContactClosed>().back().reason == "CUSTOMER_LEFT");
    CHECK_FALSE(centre.Knows("early"));

    centre.AddReady("ann");
    centre.Bring("offered", "chat");
    centre.Do(ContactGone{ContactId("offered"), GoneReason::kWithdrawn});
    CHECK(centre.Facts<ContactDequeued>().back().outcome == Outcome::kFlowOut);
    CHECK(centre.Facts<OfferEnded>().back().reason == "CALLER_GONE");
    CHECK(centre.AgentAt("ann").tasks.empty());
    CHECK(centre.StateOf("ann") == AgentState::kReady);

    centre.Serve("ann", "late", "chat");
    centre.Do(ContactGone{ContactId("late")});
    CHECK(centre.StateOfContact("late") == ContactState::kDone);
    CHECK(centre.ContactAt("late").wrap_up.has_value());
    centre.Do(ContactGone{ContactId("late")});
    centre.Finish("ann", "late");
    CHECK_FALSE(centre.Knows("late"));
}

// chatwoot 13516: an assigned conversation sits for ever when the agent is silent; 9587: agents who are away keep
// theirs.
TEST_CASE("media: a contact leaves an agent who is silent or away, with its place kept", "[acd][media]") {
    MediaCentre centre;
    Medium chat = *centre.router.media().Find("chat");
    chat.answer_limit = seconds(60);
    chat.returns_when_away = true;
    centre.Do(MediumPut{chat});
    centre.AddReady("ann");
    centre.Serve("ann", "c1", "chat");

    SECTION("no answer in time") {
        centre.SetTime(60);
        centre.Tick();
        CHECK(centre.Facts<AgentSegmentEnded>().back().reason == "SILENT");
        CHECK(centre.ContactAt("c1").arrived == MediaCentre::At(0));
    }
    SECTION("an answer stops the clock, the next message starts it") {
        centre.SetTime(50);
        centre.Do(TaskMoved{ContactId("c1"), true});
        centre.SetTime(100);
        centre.Do(TaskMoved{ContactId("c1"), false});
        centre.SetTime(159);
        centre.Tick();
        CHECK(centre.StateOfContact("c1") == ContactState::kConnected);
        centre.SetTime(160);
        centre.Tick();
        CHECK(centre.Facts<AgentSegmentEnded>().back().reason == "SILENT");
    }
    SECTION("his desktop falls silent") {
        centre.Serve("ann", "l1", "letter");
        centre.Do(AgentSeen{AgentId("ann"), seconds(10)});
        centre.SetTime(10);
        centre.Tick();
        CHECK(centre.StateOf("ann") == AgentState::kNotReady);
        CHECK(centre.StateOfContact("c1") == ContactState::kWaiting);
        CHECK(centre.Facts<AgentSegmentEnded>().back().reason == "AGENT_LOST");
        CHECK(centre.StateOfContact("l1") == ContactState::kConnected);
    }
}

TEST_CASE("media: an agent with contacts does not log out, and takes no new ones on a break", "[acd][media]") {
    MediaCentre centre;
    centre.AddReady("ann");
    centre.Serve("ann", "c1", "chat");
    CHECK(centre.ReasonOf(AgentLoggedOut{AgentId("ann")}) == "AGENT_BUSY");
    centre.Do(AgentStateRequested{AgentId("ann"), AgentState::kNotReady, "LUNCH", "agent"});
    centre.Bring("c2", "chat");
    CHECK(centre.StateOfContact("c2") == ContactState::kWaiting);
    centre.Finish("ann", "c1");
    centre.Do(AgentLoggedOut{AgentId("ann")});
    CHECK_FALSE(centre.Knows("c1"));
    CHECK(centre.StateOf("ann") == AgentState::kLoggedOut);
}

TEST_CASE("media: a break asked for in a call closes the other lanes too, and taking it back opens them",
          "[acd][media]") {
    MediaCentre centre;
    centre.AddReady("ann");
    centre.Arrive("call", "q");
    centre.Connect("call");
    centre.Do(AgentStateRequested{AgentId("ann"), AgentState::kNotReady, "LUNCH", "agent"});
    centre.Bring("l1", "letter");
    CHECK(centre.StateOfContact("l1") == ContactState::kWaiting);
    centre.Do(AgentStateRequested{AgentId("ann"), AgentState::kReady, "", "agent"});
    CHECK(centre.OfferedTo("l1") == "ann");
}

TEST_CASE("media: a medium may be taken without asking, and by all at once", "[acd][media]") {
    MediaCentre centre;
    Medium letter = *centre.router.media().Find("letter");
    letter.auto_accept = true;
    centre.Do(MediumPut{letter});
    QueueSettings queue = centre.SettingsOf("q");
    queue.strategy = "ring_all";
    centre.Do(QueuePut{queue});
    centre.AddReady("ann");
    centre.AddReady("bob");
    centre.Bring("l1", "letter");
    CHECK(centre.StateOfContact("l1") == ContactState::kConnected);
    centre.Bring("c1", "chat");
    CHECK(centre.ContactAt("c1").rivals.size() == 1);
    centre.Accept("bob", "c1");
    CHECK(centre.ContactAt("c1").part->agent == AgentId("bob"));
    CHECK(centre.ContactAt("c1").rivals.empty());
    CHECK(centre.AgentAt("ann").tasks.size() + centre.AgentAt("bob").tasks.size() == 2);
}

TEST_CASE("media: what cannot be queued is refused with the way out", "[acd][media]") {
    MediaCentre centre;
    CHECK(centre.ReasonOf(centre.Make("c", "pigeon")) == "NO_SUCH_MEDIUM");
    CHECK(centre.ReasonOf(centre.Make("c", "phone")) == "MEDIUM_IS_TELEPHONE");
    CHECK(centre.ReasonOf(centre.Make("c", "chat", "nowhere")) == "NO_SUCH_QUEUE");
    centre.AddQueue("calls-only");
    CHECK(centre.ReasonOf(centre.Make("c", "chat", "calls-only")) == "MEDIUM_NOT_TAKEN");
    CHECK(centre.ReasonOf(MediumDeleted{"chat"}) == "MEDIUM_IN_USE");
    CHECK(centre.ReasonOf(MediumDeleted{"phone"}) == "MEDIUM_IN_USE");
    centre.Bring("c", "chat");
    QueueSettings queue = centre.SettingsOf("q");
    queue.media = {"letter"};
    CHECK(centre.ReasonOf(QueuePut{queue}) == "QUEUE_IN_USE");
    Medium chat = *centre.router.media().Find("chat");
    chat.interrupted_by["chat"] = 1;
    CHECK(centre.ReasonOf(MediumPut{chat}) == "INVALID_MEDIUM");
}

TEST_CASE("media: overflow rules for calls do not lose a contact without one", "[acd][media]") {
    MediaCentre centre;
    QueueSettings queue = centre.SettingsOf("q");
    queue.overflow_rules = {{OverflowWhen::kClosed, 0, OverflowTo::kFlow, "night", ""}};
    centre.Do(QueuePut{queue});
    centre.Bring("l1", "letter");
    centre.Arrive("call", "q");
    centre.Do(QueueHoursChanged{QueueId("q"), Hours::kClosed});
    centre.Tick();
    CHECK_FALSE(centre.Knows("call"));
    CHECK(centre.StateOfContact("l1") == ContactState::kWaiting);
}

}  // namespace trunkline::acd

// Contacts of every medium: how many an agent gets, and what may come beside what.
#include "acd/domain/media_fixture.hpp"

namespace trunkline::acd {

TEST_CASE("media: an agent gets as many as he has slots, the next one waits", "[acd][media]") {
    MediaCentre centre;
    centre.AddReady("ann");
    for (const char* id : {"c1", "c2", "c3"}) {
        centre.Serve("ann", id, "chat");
    }
    CHECK(centre.StateOf("ann") == AgentState::kReady);
    centre.Bring("c4", "chat");
    CHECK(centre.StateOfContact("c4") == ContactState::kWaiting);
    CHECK(centre.WhyNotFor("c4") == "CAPACITY chat 3 of 3");
    CHECK(Explain(centre.router, centre.ContactAt("c4"), centre.now()).state == "ALL_BUSY");

    SECTION("who closes one wraps it up before the next comes") {
        centre.Finish("ann", "c2");
        CHECK(centre.Facts<ContactClosed>().back().reason == "COMPLETED");
        CHECK(centre.Facts<ContactClosed>().back().agent == AgentId("ann"));
        CHECK(centre.Facts<ContactClosed>().back().reference == "ref-c2");
        CHECK(centre.StateOfContact("c4") == ContactState::kWaiting);
        centre.SetTime(20);
        centre.Tick();
        CHECK(centre.OfferedTo("c4") == "ann");
        CHECK(centre.Facts<WrapUpEnded>().back().timed_out);
        CHECK_FALSE(centre.Knows("c2"));
    }
    SECTION("the wrap-up may be ended before its time") {
        centre.Finish("ann", "c2");
        centre.SetTime(3);
        centre.Finish("ann", "c2");
        CHECK(centre.OfferedTo("c4") == "ann");
        CHECK(centre.Facts<WrapUpEnded>().back().duration == seconds(3));
    }
}

TEST_CASE("media: what may interrupt what is data", "[acd][media]") {
    MediaCentre centre;
    centre.AddReady("ann");

    SECTION("a call comes beside one chat") {
        centre.Serve("ann", "chat1", "chat");
        centre.Arrive("call", "q");
        CHECK(centre.OfferedTo("call") == "ann");
    }
    SECTION("but not beside two, and the reason is told") {
        centre.Serve("ann", "chat1", "chat");
        centre.Serve("ann", "chat2", "chat");
        centre.Arrive("call", "q");
        CHECK(centre.StateOfContact("call") == ContactState::kWaiting);
        CHECK(centre.WhyNotFor("call") == "CAPACITY blocked by chat");
        centre.Finish("ann", "chat1");
        CHECK(centre.StateOfContact("call") == ContactState::kWaiting);
        centre.Finish("ann", "chat1");
        CHECK(centre.OfferedTo("call") == "ann");
    }
    SECTION("a call blocks chats until it is over, and letters come all the same") {
        centre.Arrive("call", "q");
        centre.Connect("call");
        centre.Bring("chat1", "chat");
        CHECK(centre.StateOfContact("chat1") == ContactState::kWaiting);
        CHECK(centre.WhyNotFor("chat1") == "CAPACITY blocked by phone");
        centre.Serve("ann", "letter1", "letter");
        CHECK(centre.StateOf("ann") == AgentState::kTalking);
        centre.Do(ContactGone{ContactId("call")});
        CHECK(centre.OfferedTo("chat1") == "ann");
    }
    SECTION("letters are interrupted by calls and chats") {
        centre.Serve("ann", "letter1", "letter");
        centre.Serve("ann", "letter2", "letter");
        centre.Serve("ann", "chat1", "chat");
        centre.Arrive("call", "q");
        CHECK(centre.OfferedTo("call") == "ann");
    }
    SECTION("a changed rule holds at once") {
        centre.Serve("ann", "chat1", "chat");
        centre.Serve("ann", "chat2", "chat");
        centre.Arrive("call", "q");
        Medium chat = *centre.router.media().Find("chat");
        chat.interrupted_by["phone"] = 0;
        centre.Do(MediumPut{chat});
        CHECK(centre.OfferedTo("call") == "ann");
    }
}

TEST_CASE("media: an agent's own capacity and a label's count before the medium's", "[acd][media]") {
    MediaCentre centre;
    centre.AddReady("ann");
    AgentSettings settings = centre.AgentAt("ann").settings;
    settings.capacities = {{"chat", "", 2}, {"letter", "", 0}};
    centre.Do(AgentPut{settings});
    centre.Bring("vip1", "chat", "vip");
    CHECK(centre.OfferedTo("vip1") == "ann");
    centre.Bring("vip2", "chat", "vip");
    CHECK(centre.StateOfContact("vip2") == ContactState::kWaiting);
    CHECK(centre.WhyNotFor("vip2") == "CAPACITY chat/vip 1 of 1");
    centre.Bring("plain", "chat", "something else");
    CHECK(centre.OfferedTo("plain") == "ann");
    centre.Bring("plain2", "chat");
    CHECK(centre.StateOfContact("plain2") == ContactState::kWaiting);
    centre.Bring("letter", "letter");
    CHECK(centre.StateOfContact("letter") == ContactState::kWaiting);
}

TEST_CASE("media: the agent with the fewest contacts is asked first", "[acd][media]") {
    MediaCentre centre;
    centre.AddReady("ann");
    centre.SetTime(1);
    centre.AddReady("bob");
    centre.Serve("ann", "c1", "chat");
    centre.Serve("bob", "c2", "chat");
    centre.Serve("ann", "c3", "chat");
    centre.Serve("bob", "c4", "chat");
}

TEST_CASE("media: an offer that is not taken goes to the next agent, and the first is not ready", "[acd][media]") {
    MediaCentre centre;
    centre.AddReady("ann");
    centre.SetTime(1);
    centre.AddReady("bob");
    centre.Serve("ann", "c1", "chat");
    centre.Bring("c2", "chat");
    REQUIRE(centre.OfferedTo("c2") == "bob");

    SECTION("by declining") {
        centre.Do(AgentAsked{AgentId("bob"), ask::Decline{ContactId("c2")}});
        CHECK(centre.AgentAt("bob").status.reason == "REJECTED");
    }
    SECTION("by silence") {
        centre.SetTime(31);
        centre.Tick();
        CHECK(centre.AgentAt("bob").status.reason == "NO_ANSWER");
    }
    CHECK(centre.StateOf("bob") == AgentState::kNotReady);
    CHECK(centre.OfferedTo("c2") == "ann");
    CHECK(centre.ReasonOf(AgentAsked{AgentId("bob"), ask::Accept{ContactId("c2")}}) == "NOT_OFFERED");
}

TEST_CASE("media: who talks and misses a letter is not ready after the call", "[acd][media]") {
    MediaCentre centre;
    centre.AddReady("ann");
    centre.Arrive("call", "q");
    centre.Connect("call");
    centre.Bring("l1", "letter");
    REQUIRE(centre.OfferedTo("l1") == "ann");
    centre.Do(AgentAsked{AgentId("ann"), ask::Decline{ContactId("l1")}});
    CHECK(centre.StateOf("ann") == AgentState::kTalking);
    CHECK(centre.StateOfContact("l1") == ContactState::kWaiting);
    centre.Do(ContactGone{ContactId("call")});
    CHECK(centre.StateOf("ann") == AgentState::kNotReady);
    CHECK(centre.AgentAt("ann").status.reason == "REJECTED");
}

}  // namespace trunkline::acd

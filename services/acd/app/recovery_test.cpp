// The desk is killed at every step of a day, before and after the step took effect, and the facts must be the same as
// of a day without a kill.
#include "acd/app/recovery.hpp"

#include <catch2/catch.hpp>

#include "acd/app/checkpoint.hpp"
#include "acd/app/day_for_tests.hpp"

namespace trunkline::acd {
namespace {

std::vector<Step> Day() {
    return {
        LogIn("ann"),
        LogIn("bob"),
        LogIn("cat"),
        LogIn("dan"),
        Ready("ann"),
        Ready("bob"),
        Ready("cat"),
        Phone([](FakeTrunk& trunk) { trunk.Arrive("c1", "q"); }),
        Phone([](FakeTrunk& trunk) { trunk.Arrive("c2", "q"); }),
        Phone([](FakeTrunk& trunk) { trunk.Arrive("c3", "q"); }),
        Phone([](FakeTrunk& trunk) { trunk.Arrive("c4", "q"); }),
        Phone([](FakeTrunk& trunk) { trunk.Arrive("c6", "slow"); }),
        Phone([](FakeTrunk& trunk) { trunk.Decline("ann", "NO_ANSWER"); }),
        Phone([](FakeTrunk& trunk) { trunk.Answer("bob"); }),
        Phone([](FakeTrunk& trunk) { trunk.Decline("cat", "REJECTED"); }),
        Ready("ann"),
        Phone([](FakeTrunk& trunk) { trunk.Answer("ann"); }),
        Phone([](FakeTrunk& trunk) { trunk.Hold("bob", true); }),
        Phone([](FakeTrunk& trunk) { trunk.Hold("bob", false); }),
        Ready("cat"),
        Phone([](FakeTrunk& trunk) { trunk.Leave("c3"); }),
        Phone([](FakeTrunk& trunk) { trunk.Answer("cat"); }),
        Ready("dan"),
        Phone([](FakeTrunk& trunk) { trunk.Decline("dan", "BUSY"); }),
        Ready("dan"),
        Phone([](FakeTrunk& trunk) { trunk.Leave("c6"); }),
        // A request that the desk misses is not repeated; the phone sees no answer and may ask again.
        {[](FakeWorld& world) { world.trunk.Transfer("bob", "dan"); }, false, false},
        Phone([](FakeTrunk& trunk) { trunk.Answer("dan"); }),
        Pass(),
        Pass(),
        Pass(),
        Pass(),
        Pass(),
        Pass(),
        Pass(),
        Phone([](FakeTrunk& trunk) { trunk.HangUp("cat", "MEDIA_TIMEOUT"); }),
        Phone([](FakeTrunk& trunk) { trunk.Answer("bob"); }),
        Phone([](FakeTrunk& trunk) { trunk.HangUp("ann"); }),
        Phone([](FakeTrunk& trunk) { trunk.Leave("c2"); }),
        Phone([](FakeTrunk& trunk) { trunk.HangUp("bob"); }),
        Pass(),
        Pass(),
        Pass(),
        Pass(),
        Pass(),
        Pass(),
        Pass(),
        Pass(),
    };
}

}  // namespace

TEST_CASE("recovery: a kill before the flush at any step changes no fact", "[acd][recovery]") {
    const std::set<std::string> expected = Play(Day(), Kill::kNever, 0);
    REQUIRE(expected.size() > 60);
    for (size_t at = 0; at < Day().size(); ++at) {
        CAPTURE(at);
        CHECK(Difference(Play(Day(), Kill::kBeforeFlush, at), expected) == std::vector<std::string>{});
    }
}

TEST_CASE("recovery: what happens while the desk is away is told when it is back", "[acd][recovery]") {
    const std::set<std::string> expected = Play(Day(), Kill::kNever, 0);
    for (size_t at = 0; at < Day().size(); ++at) {
        CAPTURE(at);
        CHECK(Difference(Play(Day(), Kill::kAway, at), expected) == std::vector<std::string>{});
    }
}

TEST_CASE("recovery: calls that vanished with the telephone side end with a system error", "[acd][recovery]") {
    FakeWorld world;
    Furnish(world);
    world.trunk.Arrive("c1", "q");
    world.Settle();
    world.desk->OnLinkDown();
    world.trunk.calls.clear();
    world.desk->OnCall(world.trunk.Snapshot());
    world.facts.Flush();
    CHECK(world.desk->router().contacts().empty());
    const bool told = std::any_of(world.facts.stored.begin(), world.facts.stored.end(), [](const std::string& fact) {
        return fact.starts_with("dequeued c1") && fact.find(" 3 ") != std::string::npos;
    });
    CHECK(told);
}

TEST_CASE("recovery: orders that never arrived are given again", "[acd][recovery]") {
    FakeWorld world;
    Furnish(world);
    REQUIRE(world.Request(AgentLoggedIn{AgentId("ann")}).ok());
    REQUIRE(world.Request(AgentStateRequested{AgentId("ann"), AgentState::kReady, "", "agent"}).ok());
    world.trunk.Arrive("c1", "q");
    world.Settle();
    // The dial was lost on its way, and a leg is up that nobody knows.
    calls::Call& call = world.trunk.calls.at(ContactId("c1"));
    const LegId ringing = call.legs.back().id;
    call.legs.back().id = LegId("stray");
    world.Kill();
    world.trunk.orders.clear();
    world.Start();
    bool dialled = false;
    bool dropped = false;
    for (const calls::Order& order : world.trunk.orders) {
        const auto* dial = std::get_if<calls::Dial>(&order.action);
        const auto* drop = std::get_if<calls::HangUpLeg>(&order.action);
        dialled = dialled || (dial != nullptr && dial->leg == ringing && dial->phone == "ann");
        dropped = dropped || (drop != nullptr && drop->leg == LegId("stray"));
    }
    CHECK(dialled);
    CHECK(dropped);
}

// The wrap-up of the first call was told, but neither it nor the database's rows outlived the kill; the agent's later
// status did, with the second call.
TEST_CASE("recovery: the part of an agent who had moved on does not stay open in the figures", "[acd][recovery]") {
    FakeWorld world;
    Furnish(world);
    REQUIRE(world.Request(AgentLoggedIn{AgentId("ann")}).ok());
    REQUIRE(world.Request(AgentStateRequested{AgentId("ann"), AgentState::kReady, "", "agent"}).ok());
    world.trunk.Arrive("c1", "q");
    world.Settle();
    world.trunk.Answer("ann");
    world.Advance(seconds(10));
    world.facts.Flush();
    world.trunk.Leave("c1");
    world.Advance(seconds(31));
    world.trunk.Arrive("c2", "q");
    world.Settle();
    world.Kill();
    world.Start();
    world.facts.Flush();
    const auto count = [&](const std::string& beginning) {
        return std::count_if(world.facts.stored.begin(), world.facts.stored.end(),
                             [&](const std::string& fact) { return fact.starts_with(beginning); });
    };
    CHECK(count("part ended c1 ") == 1);
    CHECK(count("wrap-up ended c1 ") == 1);
    CHECK(world.desk->router().contacts().at(ContactId("c2")).offer->agent == AgentId("ann"));
}

TEST_CASE("recovery: what is kept with a call reads back", "[acd][recovery]") {
    Contact contact;
    contact.id = ContactId("c1");
    contact.queue = QueueId("q");
    contact.from_number = "a b=c%";
    contact.rivals = {Offer{AgentId("cat"), LegId("leg3"), 4, FromUnixMillis(6), false, FromUnixMillis(9)},
                      Offer{AgentId("dan"), LegId("leg4"), 5, FromUnixMillis(6), false, FromUnixMillis(9)}};
    contact.wanted = AgentId("eve");
    contact.wanted_by = "NAMED_AGENT";
    contact.wanted_until = FromUnixMillis(77);
    contact.language = "en";
    contact.hops = 3;
    contact.state = ContactState::kTransferring;
    contact.offer = Offer{AgentId("ann"), LegId("leg"), 3, FromUnixMillis(5), true, FromUnixMillis(9)};
    contact.part = Part{AgentId("bob"), LegId("leg2"), 2, FromUnixMillis(1), seconds(4), FromUnixMillis(2), true};
    contact.transfer = Transfer{"1002", AgentId("bob"), LegId("leg2"), 2, 1};
    const auto back = UnpackContact(PackContact(contact));
    REQUIRE(back.ok());
    CHECK(PackContact(*back) == PackContact(contact));
    CHECK(back->from_number == "a b=c%");
    CHECK(back->rivals.size() == 2);
    CHECK(back->wanted_until == FromUnixMillis(77));
    CHECK(back->hops == 3);
    CHECK(back->part->held_since == FromUnixMillis(2));
    CHECK_FALSE(UnpackContact("").ok());
    CHECK_FALSE(UnpackContact("state=NONSENSE id=x queue=q").ok());
}

}  // namespace trunkline::acd

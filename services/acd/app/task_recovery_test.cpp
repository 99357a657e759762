// A day of chats and letters beside calls, with the desk killed around every step: what was answered to a person is on
// disk, and what the desk missed in between it does when it is back.
#include "acd/app/day_for_tests.hpp"

namespace trunkline::acd {
namespace {

void FurnishMedia(FakeWorld& world) {
    Medium chat;
    chat.word = "chat";
    chat.slots = 2;
    chat.interrupted_by = {{"voice", 0}};
    chat.wrap_up = seconds(17);
    chat.time_to_accept = seconds(20);
    Medium letter;
    letter.word = "letter";
    letter.slots = 2;
    letter.interrupted_by = {{"voice", 0}, {"chat", 0}};
    letter.time_to_accept = seconds(17);
    world.settings.media = {chat, letter};
    QueueSettings queue;
    queue.id = QueueId("q");
    queue.ring_limit = seconds(60);
    queue.media = {"chat", "letter"};
    QueueSettings other = queue;
    other.id = QueueId("other");
    other.required_skills = {{"rare", 1}};
    other.overflow_after = seconds(23);
    other.overflow_to = queue.id;
    world.settings.queues = {queue, other};
    world.settings.agents.push_back({AgentId("ann"), "", "ann", {}});
    world.settings.agents.push_back({AgentId("bob"), "", "bob", {}});
    world.Start();
}

ContactArrived Arrival(const std::string& id, const std::string& medium, const std::string& queue) {
    ContactArrived arrived;
    arrived.contact = ContactId(id);
    arrived.queue = QueueId(queue);
    arrived.medium = medium;
    arrived.reference = "ref " + id;
    arrived.from_number = id + "@example.com";
    return arrived;
}

Step Bring(const std::string& id, const std::string& medium, const std::string& queue = "q") {
    return {[=](FakeWorld& world) {
                REQUIRE(world.desk->CreateTask(Arrival(id, medium, queue), {{"subject", "of " + id}}).ok());
                world.Settle();
                world.facts.Flush();
            },
            true};
}
template <class What>
Step Ask(const std::string& agent, What what) {
    return {[=](FakeWorld& world) {
                const Status done = world.Request(AgentAsked{AgentId(agent), what});
                INFO((done.ok() ? "" : done.error().message));
                REQUIRE(done.ok());
            },
            true};
}
Step Look(const std::string& contact, ContactState state) {
    return {[=](FakeWorld& world) {
        const auto found = world.desk->router().contacts().find(ContactId(contact));
        REQUIRE(found != world.desk->router().contacts().end());
        REQUIRE(found->second.state == state);
        REQUIRE(world.desk->DataOf(ContactId(contact)).at("subject") == "of " + contact);
    }};
}

std::vector<Step> Day() {
    return {
        LogIn("ann"),
        LogIn("bob"),
        Ready("ann"),
        Bring("c1", "chat"),
        Ask("ann", ask::Accept{ContactId("c1")}),
        Bring("c2", "chat"),
        Look("c2", ContactState::kOffered),
        Ready("bob"),
        Ask("ann", ask::Accept{ContactId("c2")}),
        Phone([](FakeTrunk& trunk) { trunk.Arrive("call", "q"); }),
        Phone([](FakeTrunk& trunk) { trunk.Answer("bob"); }),
        Bring("l1", "letter", "other"),
        Look("l1", ContactState::kWaiting),
        Ask("ann", ask::Give{ContactId("c1"), {Destination::Kind::kQueue, "other"}}),
        Look("c1", ContactState::kWaiting),
        Ask("ann", ask::Finish{ContactId("c2")}),
        Look("c2", ContactState::kDone),
        Phone([](FakeTrunk& trunk) { trunk.Leave("call"); }),
        Ask("ann", ask::Finish{ContactId("c2")}),
        Pass(),
        Pass(),
        Pass(),
        Pass(),
        Pass(),
        Pass(),
        Pass(),
        Pass(),
        {[](FakeWorld& world) {
             (void)world.Request(ContactGone{ContactId("c1"), GoneReason::kCustomerLeft});
         },
         true},
        {[](FakeWorld& world) {
             (void)world.Request(ContactGone{ContactId("l1"), GoneReason::kWithdrawn});
         },
         true},
        Pass(),
        Pass(),
        Pass(),
        Pass(),
    };
}

// Given to another agent, who does not want it at first.
std::vector<Step> TransferDay() {
    const ask::Give to_bob{ContactId("c1"), {Destination::Kind::kAgent, "bob"}};
    return {
        LogIn("ann"),
        LogIn("bob"),
        Ready("ann"),
        Bring("c1", "chat"),
        Ask("ann", ask::Accept{ContactId("c1")}),
        Ready("bob"),
        Ask("ann", to_bob),
        Look("c1", ContactState::kTransferring),
        Ask("bob", ask::Decline{ContactId("c1")}),
        Look("c1", ContactState::kConnected),
        Ready("bob"),
        Ask("ann", to_bob),
        Pass(),
        Pass(),
        Pass(),
        Pass(),
        Look("c1", ContactState::kConnected),
        Ready("bob"),
        Ask("ann", to_bob),
        Ask("bob", ask::Accept{ContactId("c1")}),
        Look("c1", ContactState::kConnected),
        Ask("bob", ask::Finish{ContactId("c1")}),
        Ask("bob", ask::Finish{ContactId("c1")}),
    };
}

}  // namespace

TEST_CASE("recovery: a kill at any step of giving a contact on changes no fact", "[acd][recovery][media]") {
    const std::set<std::string> expected = Play(TransferDay(), Kill::kNever, 0, FurnishMedia);
    REQUIRE(expected.size() > 15);
    for (size_t at = 0; at < TransferDay().size(); ++at) {
        CAPTURE(at);
        CHECK(Difference(Play(TransferDay(), Kill::kBeforeFlush, at, FurnishMedia), expected) ==
              std::vector<std::string>{});
    }
}

TEST_CASE("recovery: contacts without a call outlive a kill at any step of a day", "[acd][recovery][media]") {
    const std::set<std::string> expected = Play(Day(), Kill::kNever, 0, FurnishMedia);
    REQUIRE(expected.size() > 30);
    for (size_t at = 0; at < Day().size(); ++at) {
        CAPTURE(at);
        CHECK(Difference(Play(Day(), Kill::kBeforeFlush, at, FurnishMedia), expected) == std::vector<std::string>{});
    }
}

}  // namespace trunkline::acd

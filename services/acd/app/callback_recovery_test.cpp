// The desk is killed at every step of two callbacks, and the facts must be the same as without a kill.
#include "acd/app/callback_texts.hpp"
#include "acd/app/caller_number.hpp"
#include "acd/app/checkpoint.hpp"
#include "acd/app/day_for_tests.hpp"

namespace trunkline::acd {
namespace {

void FurnishCallbacks(FakeWorld& world) {
    QueueSettings queue;
    queue.id = QueueId("q");
    queue.ring_limit = seconds(60);
    queue.outbound = {"carrier", "96166"};
    queue.keys['9'] = {KeyAction::kCallback, ""};
    queue.callbacks.retry_after = seconds(20);
    queue.callbacks.expires_after = std::chrono::hours(20);
    queue.callback_hours = OpeningHours{};
    for (uint32_t weekday = 1; weekday <= 7; ++weekday) {
        queue.callback_hours->spans.push_back({weekday, "00:00", "24:00"});
    }
    world.settings.queues = {queue};
    for (const char* agent : {"ann", "bob"}) {
        world.settings.agents.push_back({AgentId(agent), "", agent, {}});
    }
    world.Start();
}

Step Key(const std::string& contact, const std::string& digits) {
    // A key that is pressed while the desk is away is lost like any other.
    return {[contact, digits](FakeWorld& world) { world.trunk.Key(contact, digits); }, false, false};
}
Step KeyOfTry(uint32_t number, const std::string& digits) {
    return Key(ContactOfTry(CallbackId("c1"), number).str(), digits);
}

std::vector<Step> Day() {
    return {
        LogIn("ann"),
        LogIn("bob"),
        Phone([](FakeTrunk& trunk) { trunk.Arrive("c1", "q"); }),
        Phone([](FakeTrunk& trunk) { trunk.Arrive("c2", "q"); }),
        Key("c1", "9"),
        Key("c1", "1"),
        // After a kill he is hung up on without hearing the promise to its end.
        Phone([](FakeTrunk& trunk) {
            if (trunk.calls.contains(ContactId("c1"))) {
                trunk.Leave("c1");
            }
        }),
        Ready("ann"),
        Phone([](FakeTrunk& trunk) { trunk.Answer("ann"); }),
        Phone([](FakeTrunk& trunk) { trunk.HangUp("13800138000", "BUSY"); }),
        Phone([](FakeTrunk& trunk) { trunk.Answer("ann"); }),
        Phone([](FakeTrunk& trunk) { trunk.Leave("c2"); }),
        Pass(),
        Pass(),
        Pass(),
        Pass(),
        Pass(),
        Pass(),
        Pass(),
        Phone([](FakeTrunk& trunk) { trunk.Answer("ann"); }),
        Phone([](FakeTrunk& trunk) { trunk.Answer("13800138000"); }),
        KeyOfTry(2, "1"),
        Pass(),
        Phone([](FakeTrunk& trunk) { trunk.Leave(ContactOfTry(CallbackId("c1"), 2).str()); }),
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

bool Told(const std::set<std::string>& facts, const std::string& what) {
    return std::any_of(facts.begin(), facts.end(), [&](const std::string& fact) { return fact.starts_with(what); });
}

}  // namespace

TEST_CASE("callback: a kill before the flush at any step changes no fact", "[acd][callback][recovery]") {
    const std::set<std::string> expected = Play(Day(), Kill::kNever, 0, FurnishCallbacks);
    REQUIRE(Told(expected, "callback requested c1"));
    REQUIRE(Told(expected, "callback tried c1"));
    REQUIRE(Told(expected, "callback ended c1"));
    for (size_t at = 0; at < Day().size(); ++at) {
        CAPTURE(at);
        CHECK(Difference(Play(Day(), Kill::kBeforeFlush, at, FurnishCallbacks), expected) ==
              std::vector<std::string>{});
    }
}

TEST_CASE("callback: what happens while the desk is away is told when it is back", "[acd][callback][recovery]") {
    const std::set<std::string> expected = Play(Day(), Kill::kNever, 0, FurnishCallbacks);
    for (size_t at = 0; at < Day().size(); ++at) {
        CAPTURE(at);
        CHECK(Difference(Play(Day(), Kill::kAway, at, FurnishCallbacks), expected) == std::vector<std::string>{});
    }
}

TEST_CASE("callback: one that is done is not begun again by what was kept with the call", "[acd][callback][recovery]") {
    FakeWorld world;
    FurnishCallbacks(world);
    world.trunk.Arrive("c1", "q");
    world.Settle();
    world.trunk.Key("c1", "9");
    world.Settle();
    world.trunk.Key("c1", "1");
    world.Settle();
    world.trunk.Leave("c1");
    world.Settle();
    REQUIRE(world.Request(CallbackCancelled{CallbackId("c1")}).ok());
    world.Kill();
    world.Start();
    CHECK(world.desk->router().OpenCallbacks() == 0);
    CHECK(world.desk->router().contacts().empty());
}

TEST_CASE("callback: a record reads back", "[acd][callback]") {
    Callback callback;
    callback.id = CallbackId("c1");
    callback.number = {"0755 8888", "+867558888"};
    callback.queue = QueueId("q");
    callback.state = Callback::State::kPaused;
    callback.language = "zh";
    callback.priority = 4;
    callback.arrived = FromUnixMillis(1);
    callback.queued = FromUnixMillis(2);
    callback.asked = FromUnixMillis(3);
    callback.expires = FromUnixMillis(4);
    callback.contacts = 2;
    callback.tries = 1;
    callback.last = "BUSY";
    callback.wakes = FromUnixMillis(5);
    callback.version = 7;
    callback.data = {{"topic", "a=b c"}, {"digits", "12"}};
    const auto back = UnpackCallback(PackCallback(callback));
    REQUIRE(back.ok());
    CHECK(PackCallback(*back) == PackCallback(callback));
    CHECK(back->data == callback.data);
    CHECK_FALSE(UnpackCallback("id=x").ok());
    CHECK_FALSE(UnpackCallback("id=x queue=q state=9").ok());
}

TEST_CASE("callback: a number is spoken digit by digit, so that no text holds it", "[acd][callback]") {
    QueueSettings queue;
    const auto texts = TextsFor({ContactId("c"), Question::kConfirmNumber, "+86138"}, queue, "en");
    REQUIRE(texts.size() == 9);
    CHECK(texts[1] == "8");
    CHECK(texts[3] == "1");
    queue.callbacks.greeting = "Metro calling.";
    CHECK(TextsFor({ContactId("c"), Question::kGreeting, ""}, queue, "en")[0] == "Metro calling.");
}

TEST_CASE("callback: numbers abroad, short ones and nonsense cannot be keyed in", "[acd][callback]") {
    CHECK(NumberKeyed("13800138000").key == "+8613800138000");
    CHECK(NumberKeyed("075588886666").key == "+8675588886666");
    CHECK(NumberKeyed("0014155552671").key.empty());
    CHECK(NumberKeyed("12345").key.empty());
    CHECK(NumberKeyed("138*0138000").key.empty());
    CHECK(NumberKeyed("").key.empty());
    CHECK(CallerOf("+86 138 0013 8000").key == "+8613800138000");
    CHECK(CallerOf("anonymous").key.empty());
    const auto data = DataForCallback({{"queue", "q"}, {"acd.contact", "x"}, {"topic", "ticket"}});
    CHECK(data == std::map<std::string, std::string>{{"topic", "ticket"}});
}

}  // namespace trunkline::acd

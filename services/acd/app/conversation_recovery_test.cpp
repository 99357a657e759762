// The desk is killed at every step of consultations, conferences, supervision, parking, moving and dialling out; the
// facts and the states must be the same as of a day without a kill.
#include "acd/app/day_for_tests.hpp"

namespace trunkline::acd {
namespace {

Step Ask(const std::string& agent, decltype(AgentAsked::what) what) {
    return {[agent, what](FakeWorld& world) {
                const Status done = world.Request(AgentAsked{AgentId(agent), what});
                INFO(agent << ": " << (done.ok() ? "" : done.error().reason));
                REQUIRE(done.ok());
            },
            true};
}
Step Supervise(SupervisorAction action) {
    return {
        [action](FakeWorld& world) {
            REQUIRE(
                world.Request(SupervisorAsked{AgentId("dan"), AgentId("ann"), action, "user", AgentState::kReady, ""})
                    .ok());
        },
        true};
}
Step Answer(const std::string& phone) {
    return Phone([phone](FakeTrunk& trunk) { trunk.Answer(phone); });
}
Step HangUp(const std::string& phone) {
    return Phone([phone](FakeTrunk& trunk) { trunk.HangUp(phone); });
}
Step Decline(const std::string& phone, const std::string& reason) {
    return Phone([phone, reason](FakeTrunk& trunk) { trunk.Decline(phone, reason); });
}
Destination To(const std::string& agent) { return {Destination::Kind::kAgent, agent}; }
const Destination kOutside{Destination::Kind::kNumber, "13900139000"};

std::vector<Step> Begin() {
    return {LogIn("ann"),  LogIn("bob"), LogIn("cat"),
            LogIn("dan"),  Ready("ann"), Phone([](FakeTrunk& trunk) { trunk.Arrive("c1", "q"); }),
            Answer("ann"), Ready("bob"), Ready("cat")};
}

std::vector<Step> Consultations() {
    std::vector<Step> day = Begin();
    const std::vector<Step> more{
        Ask("ann", ask::Consult{To("bob")}),
        Decline("bob", "NO_ANSWER"),
        Ask("ann", ask::Consult{To("cat")}),
        Answer("cat"),
        Ask("ann", ask::Swap{}),
        Ask("ann", ask::Swap{}),
        Ask("ann", ask::Return{}),
        Ask("ann", ask::Mute{true}),
        Ask("ann", ask::Mute{false}),
        Ask("ann", ask::Consult{kOutside}),
        Answer("13900139000"),
        Ask("ann", ask::Join{}),
        Ask("ann", ask::Consult{To("cat")}),
        Answer("cat"),
        Ask("ann", ask::Join{}),
        HangUp("13900139000"),
        Supervise(SupervisorAction::kListen),
        Answer("dan"),
        Supervise(SupervisorAction::kWhisper),
        Supervise(SupervisorAction::kBarge),
        HangUp("ann"),
        HangUp("dan"),
        HangUp("cat"),
        Pass(),
        Pass(),
        Pass(),
        Pass(),
        Pass(),
        Pass(),
        Pass(),
        Pass(),
    };
    day.insert(day.end(), more.begin(), more.end());
    return day;
}

std::vector<Step> Movements() {
    std::vector<Step> day = Begin();
    const std::vector<Step> more{
        Ask("ann", ask::MoveTo{To("mobile")}),
        Answer("mobile"),
        Ask("ann", ask::Transfer{kOutside}),
        Decline("13900139000", "BUSY"),
        Ask("ann", ask::Park{}),
        Ask("dan", ask::PickUp{ContactId("c1")}),
        Answer("dan"),
        Ask("bob", ask::DialOut{"13700137000", QueueId("q"), ContactId("out"), CallId("call-out")}),
        Answer("bob"),
        Answer("13700137000"),
        Ask("bob", ask::Consult{To("cat")}),
        Answer("cat"),
        Ask("bob", ask::Complete{}),
        HangUp("cat"),
        HangUp("dan"),
        Pass(),
        Pass(),
        Pass(),
        Pass(),
        Pass(),
        Pass(),
        Pass(),
        Pass(),
    };
    day.insert(day.end(), more.begin(), more.end());
    return day;
}

void CheckDay(const std::vector<Step>& day, size_t facts) {
    const std::set<std::string> expected = Play(day, Kill::kNever, 0);
    REQUIRE(expected.size() > facts);
    for (const Kill kill : {Kill::kBeforeFlush, Kill::kAway}) {
        for (size_t at = 0; at < day.size(); ++at) {
            CAPTURE(kill, at);
            CHECK(Difference(Play(day, kill, at), expected) == std::vector<std::string>{});
        }
    }
}

}  // namespace

TEST_CASE("recovery: a kill at any step of consultations and conferences changes no fact", "[acd][recovery]") {
    CheckDay(Consultations(), 40);
}

TEST_CASE("recovery: a kill at any step of moving, parking and dialling out changes no fact", "[acd][recovery]") {
    CheckDay(Movements(), 30);
}

}  // namespace trunkline::acd

// A flow followed without a call goes where a caller would go.
#include "ivr/domain/rehearsal.hpp"

#include <catch2/catch.hpp>

#include "ivr/domain/nodes/answer.hpp"
#include "ivr/domain/nodes/hang_up.hpp"
#include "ivr/domain/nodes/menu.hpp"
#include "ivr/domain/nodes/queue.hpp"
#include "ivr/domain/nodes/say.hpp"
#include "ivr/domain/nodes/transfer.hpp"
#include "testing/manual_clock.hpp"

namespace trunkline::ivr {
namespace {

template <class Kind>
FlowNode Make(const std::string& id, Kind node) {
    return {id, std::make_unique<Kind>(std::move(node))};
}

// pick_up -> greeting -> menu -> (1) queue, (2) porter -> (failed) sorry
std::shared_ptr<const Flow> SmallFlow() {
    auto flow = std::make_shared<Flow>();
    flow->entry = "pick_up";
    Answer pick_up;
    pick_up.next = "greeting";
    flow->nodes.push_back(Make("pick_up", pick_up));
    Say greeting;
    greeting.text.words = "您好";
    greeting.next = "menu";
    flow->nodes.push_back(Make("greeting", greeting));
    Menu menu;
    menu.text.words = "请按一";
    menu.wrong_text = "按错了";
    menu.keys = {{"1", "queue"}, {"2", "porter"}};
    menu.failed = "sorry";
    flow->nodes.push_back(Make("menu", menu));
    Queue queue;
    queue.queue = "complaints";
    queue.failed = "sorry";
    flow->nodes.push_back(Make("queue", queue));
    Transfer porter;
    porter.phone = "2000";
    porter.failed = "sorry";
    flow->nodes.push_back(Make("porter", porter));
    flow->nodes.push_back(Make("sorry", HangUp{}));
    return flow;
}

const TimePoint kNow = testing::ManualClock{}.Now();

}  // namespace

TEST_CASE("rehearsal: without inputs it stops where the caller has to press a key", "[ivr][rehearsal]") {
    const Rehearsal result = Rehearse(SmallFlow(), kNow, {});
    REQUIRE(result.steps.size() == 3);
    CHECK(result.steps[1].texts == std::vector<std::string>{"您好"});
    CHECK(result.steps[1].exit == "next");
    CHECK(result.steps[2].node == "menu");
    CHECK(result.steps[2].exit.empty());
    CHECK(result.needs == Rehearsal::Needs::kKeys);
    CHECK(result.most_keys == 1);
    CHECK(result.end.empty());
}

TEST_CASE("rehearsal: a wrong key and then a right one lead to the queue", "[ivr][rehearsal]") {
    const Rehearsal result = Rehearse(SmallFlow(), kNow, {RehearsedKeys{"7"}, RehearsedKeys{"1"}});
    CHECK(result.end == "QUEUED");
    CHECK(result.needs == Rehearsal::Needs::kNothing);
    CHECK(result.steps.back().node == "queue");
    CHECK(result.steps[2].exit == "wrong key 7");
    CHECK(result.steps[3].texts == std::vector<std::string>{"按错了", "请按一"});
    CHECK(result.variables.at("digits") == "1");
}

TEST_CASE("rehearsal: a party that does not answer leads to the failed exit", "[ivr][rehearsal]") {
    CHECK(Rehearse(SmallFlow(), kNow, {RehearsedKeys{"2"}}).needs == Rehearsal::Needs::kParty);
    CHECK(Rehearse(SmallFlow(), kNow, {RehearsedKeys{"2"}, RehearsedParty{true}}).end == "TRANSFERRED");
    const Rehearsal refused = Rehearse(SmallFlow(), kNow, {RehearsedKeys{"2"}, RehearsedParty{false}});
    CHECK(refused.end == "HUNG_UP");
    CHECK(refused.steps.back().node == "sorry");
}

TEST_CASE("rehearsal: what nobody asked for is left out", "[ivr][rehearsal]") {
    CHECK(Rehearse(SmallFlow(), kNow, {RehearsedParty{true}, RehearsedKeys{"1"}}).end == "QUEUED");
}

}  // namespace trunkline::ivr

// The way through a flow: the version it began with, going on after a restart, and ends.
#include "ivr/domain/journey.hpp"

#include <catch2/catch.hpp>

#include "ivr/domain/nodes/answer.hpp"
#include "ivr/domain/nodes/hang_up.hpp"
#include "ivr/domain/nodes/menu.hpp"
#include "ivr/domain/nodes/queue.hpp"
#include "ivr/domain/nodes/say.hpp"
#include "ivr/domain/nodes/set.hpp"
#include "testing/manual_clock.hpp"
#include "testing/sequential_ids.hpp"

namespace trunkline::ivr {
namespace {

template <class Kind, class Fill>
FlowNode Make(const std::string& id, Fill fill) {
    auto node = std::make_unique<Kind>();
    fill(*node);
    return {id, std::move(node)};
}

// pick_up -> greeting -> menu -> (1) queue -> (failed) sorry
std::shared_ptr<const Flow> SmallFlow() {
    auto flow = std::make_shared<Flow>();
    flow->name = "small";
    flow->entry = "pick_up";
    flow->nodes.push_back(Make<Answer>("pick_up", [](Answer& node) { node.next = "greeting"; }));
    flow->nodes.push_back(Make<Say>("greeting", [](Say& node) {
        node.text.words = "您好";
        node.next = "menu";
    }));
    flow->nodes.push_back(Make<Menu>("menu", [](Menu& node) {
        node.text.words = "请按一";
        node.keys = {{"1", "queue"}, {"9", "menu"}};
        node.failed = "sorry";
    }));
    flow->nodes.push_back(Make<Queue>("queue", [](Queue& node) {
        node.queue = "complaints";
        node.failed = "sorry";
    }));
    flow->nodes.push_back(Make<HangUp>("sorry", [](HangUp&) {}));
    return flow;
}

const TimePoint kNow = testing::ManualClock{}.Now();

std::string Describe(const Trace& trace) {
    std::string text;
    for (const auto& each : trace) {
        if (const auto* entry = std::get_if<NodeEntry>(&each)) {
            text += "+" + entry->node + std::to_string(entry->step) + " ";
        } else {
            const auto& exit = std::get<NodeExit>(each);
            text += "-" + exit.node + std::to_string(exit.step) + "(" + exit.exit + ") ";
        }
    }
    return text;
}

}  // namespace

TEST_CASE("journey: a caller goes from the entry to the queue", "[ivr][journey]") {
    testing::SequentialIds ids;
    Journey journey(SmallFlow(), {}, {}, ids);
    CHECK(Describe(journey.Begin(kNow).trace) == "+pick_up1 ");
    CHECK(Describe(journey.OnEvent(CallAnswered{}, kNow).trace) == "-pick_up1(next) +greeting2 ");
    CHECK(Describe(journey.OnEvent(Played{}, kNow).trace) == "-greeting2(next) +menu3 ");
    CHECK(Describe(journey.OnEvent(KeysPressed{"7"}, kNow).trace) == "-menu3(wrong key 7) +menu4 ");
    CHECK(Describe(journey.OnEvent(KeysPressed{""}, kNow).trace) == "-menu4(timeout) +menu5 ");
    const Outcome last = journey.OnEvent(KeysPressed{"1"}, kNow);
    CHECK(Describe(last.trace) == "-menu5(key 1) +queue6 ");
    CHECK(last.ended == EndReason::kQueued);
    CHECK(std::holds_alternative<HandOverCall>(last.commands.back()));
}

TEST_CASE("journey: a menu that is heard again has all its tries again", "[ivr][journey]") {
    testing::SequentialIds ids;
    Journey journey(SmallFlow(), {"menu", 3, {}}, {LegId{"caller"}, true, {}, false}, ids);
    journey.Begin(kNow);
    for (const char* key : {"7", "7", "9", "7"}) journey.OnEvent(KeysPressed{key}, kNow);
    CHECK(Describe(journey.OnEvent(KeysPressed{"7"}, kNow).trace) == "-menu7(wrong key 7) +menu8 ");
    CHECK(Describe(journey.OnEvent(KeysPressed{"7"}, kNow).trace) == "-menu8(wrong key 7) +sorry9 ");
}

TEST_CASE("journey: a caller whom the queue does not take goes on", "[ivr][journey]") {
    testing::SequentialIds ids;
    Journey journey(SmallFlow(), {"queue", 4, {}}, {LegId{"caller"}, true, {}, false}, ids);
    const Outcome back = journey.OnEvent(CallReturned{"UNKNOWN_QUEUE"}, kNow);
    CHECK(Describe(back.trace) == "-queue4(failed) +sorry5 ");
    CHECK(back.ended == EndReason::kHungUp);
    CHECK(back.commands == std::vector<Command>{HangUpCall{}});
}

TEST_CASE("journey: after a restart the node is entered again at the same step", "[ivr][journey]") {
    testing::SequentialIds ids;
    const auto node = GENERATE(as<std::string>{}, "pick_up", "greeting", "menu", "queue", "sorry");
    Journey journey(SmallFlow(), {node, 3, {}}, {LegId{"caller"}, true, {}, false}, ids);
    const Outcome again = journey.Begin(kNow);
    CHECK(Describe(again.trace).starts_with("+" + node + "3 "));
    CHECK_FALSE(again.commands.empty());
}

TEST_CASE("journey: hanging up leaves any node", "[ivr][journey]") {
    testing::SequentialIds ids;
    Journey journey(SmallFlow(), {"menu", 3, {}}, {LegId{"caller"}, true, {}, false}, ids);
    journey.Begin(kNow);
    const Outcome gone = journey.OnCallEnded();
    CHECK(Describe(gone.trace) == "-menu3(hung up) ");
    CHECK(gone.ended == EndReason::kCallerHungUp);
    CHECK(gone.commands.empty());
    // It is told once.
    CHECK_FALSE(journey.OnCallEnded().ended);
}

TEST_CASE("journey: a node that is no longer there hangs up instead of leaving silence", "[ivr][journey]") {
    testing::SequentialIds ids;
    Journey journey(SmallFlow(), {"renamed", 3, {}}, {LegId{"caller"}, true, {}, false}, ids);
    const Outcome outcome = journey.Begin(kNow);
    CHECK(outcome.failure == "UNKNOWN_NODE");
    CHECK(outcome.ended == EndReason::kFailed);
    CHECK(outcome.commands == std::vector<Command>{HangUpCall{}});
}

TEST_CASE("journey: a flow that never ends is ended", "[ivr][journey]") {
    auto flow = std::make_shared<Flow>();
    flow->entry = "round";
    flow->nodes.push_back(Make<Set>("round", [](Set& node) {
        node.variable = "a";
        node.next = "round";
    }));
    testing::SequentialIds ids;
    Journey journey(flow, {}, {}, ids);
    const Outcome outcome = journey.Begin(kNow);
    CHECK(outcome.failure == "TOO_MANY_STEPS");
    CHECK(outcome.commands == std::vector<Command>{RejectCall{480}});
}

TEST_CASE("journey: the language of texts follows the variable", "[ivr][journey]") {
    testing::SequentialIds ids;
    Journey journey(SmallFlow(), {"greeting", 2, {{"language", "en"}}}, {LegId{"caller"}, true, {}, false}, ids);
    const Outcome outcome = journey.Begin(kNow);
    const auto& play = std::get<PlayPrompt>(outcome.commands.front());
    CHECK(std::get<Text>(play.items.front()).language == "en");
}

}  // namespace trunkline::ivr

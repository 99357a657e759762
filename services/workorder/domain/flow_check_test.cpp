// Checking flows: named faults, and random flows against walks that try every way.
#include <catch2/catch.hpp>
#include <random>
#include <set>

#include "workorder/domain/flow.hpp"

namespace trunkline::workorder {
namespace {

FlowStep Make(const std::string& id, Step step, std::vector<std::string> from, const std::string& to,
              bool answers = false) {
    FlowStep made;
    made.id = id;
    made.name = id;
    made.step = step;
    made.from = std::move(from);
    made.to = to;
    made.answers_customer = answers;
    return made;
}

Flow Sound() {
    Flow flow;
    flow.id = "f";
    flow.states = {{"open", "open", Phase::kApproved, Owner::kCentre},
                   {"told", "told", Phase::kVerified, Owner::kCentre},
                   {"closed", "closed", Phase::kClosed, Owner::kNobody}};
    flow.steps = {Make("create", Step::kCreate, {}, "open"), Make("verify", Step::kVerify, {"open"}, "told", true),
                  Make("close", Step::kClose, {"told"}, "closed")};
    return flow;
}

// "reason at place" of the only fault.
std::string Only(const Flow& flow) {
    const auto faults = CheckFlow(flow);
    return faults.size() == 1 ? faults[0].reason + " at " + faults[0].place : std::to_string(faults.size()) + " faults";
}

TEST_CASE("flow: a sound flow has no faults", "[workorder]") { REQUIRE(CheckFlow(Sound()).empty()); }

TEST_CASE("flow: each fault is named with its place", "[workorder]") {
    Flow flow = Sound();
    flow.states.push_back({"lost", "lost", Phase::kAccepted, Owner::kBranch});
    flow.steps.push_back(Make("leave", Step::kHandle, {"lost"}, "told"));
    REQUIRE(Only(flow) == "ORPHAN_STATE at states[3]");

    flow = Sound();
    flow.states.push_back({"stuck", "stuck", Phase::kAccepted, Owner::kBranch});
    flow.steps.push_back(Make("sink", Step::kHandle, {"open"}, "stuck"));
    REQUIRE(Only(flow) == "DEAD_END at states[3]");

    flow = Sound();
    flow.steps.push_back(Make("quit", Step::kClose, {"open"}, "closed"));
    REQUIRE(Only(flow) == "NO_ANSWER at steps[3]");

    // Answered once, then sent back: the old answer does not count.
    flow = Sound();
    flow.steps.push_back(Make("again", Step::kReopen, {"closed"}, "open"));
    flow.states.push_back({"rest", "rest", Phase::kClosed, Owner::kNobody});
    flow.steps.push_back(Make("rest", Step::kClose, {"open"}, "rest"));
    REQUIRE(Only(flow) == "NO_ANSWER at steps[4]");

    flow = Sound();
    flow.steps[1].to = "nowhere";
    REQUIRE(Only(flow) == "UNKNOWN_STATE at steps[1].to");

    flow = Sound();
    flow.steps[0].when = When::kBranchGiven;
    REQUIRE(Only(flow) == "NO_ENTRY at steps");

    flow = Sound();
    flow.states[0].owner = Owner::kNobody;
    REQUIRE(Only(flow) == "NO_OWNER at states[0].owner");

    flow = Sound();
    flow.steps.push_back(Make("round", Step::kHandle, {"open"}, "open"));
    flow.steps.back().by = By::kSystem;
    REQUIRE(Only(flow) == "ENDLESS at states[0]");

    const Fields fields;
    flow = Sound();
    flow.steps[1].required_fields = {"cause"};
    REQUIRE(CheckFlow(flow, &fields).at(0).reason == "UNKNOWN_FIELD");
    REQUIRE(CheckFlow(flow).empty());
}

Flow Random(std::mt19937& random) {
    static const std::array kKinds{Step::kHandle, Step::kSendBack, Step::kVerify, Step::kReturn, Step::kForward};
    Flow flow;
    const size_t states = 2 + random() % 6;
    for (size_t i = 0; i < states; ++i) {
        const bool final = i + 1 == states || random() % 5 == 0;
        const std::string id = "s" + std::to_string(i);
        flow.states.push_back(
            {id, id, final ? Phase::kClosed : Phase::kAccepted, final ? Owner::kNobody : Owner::kBranch});
    }
    const auto any = [&] { return flow.states[random() % states].id; };
    flow.steps.push_back(Make("create", Step::kCreate, {}, any()));
    for (size_t i = 0; i < states + random() % 8; ++i) {
        const std::string from = any();
        const bool reopens = IsFinal(flow.State(from)->phase);
        flow.steps.push_back(Make("t" + std::to_string(i),
                                  reopens ? Step::kReopen : kKinds.at(random() % kKinds.size()), {from}, any(),
                                  random() % 3 == 0));
    }
    return flow;
}

// A slow and simple judge: long random walks. A checked flow must never let one end unanswered nor get stuck.
TEST_CASE("flow: no walk through a flow without faults ends unanswered or gets stuck", "[workorder][property]") {
    std::mt19937 random(5);
    int sound = 0;
    for (int round = 0; round < 20'000; ++round) {
        const Flow flow = Random(random);
        if (!CheckFlow(flow).empty()) {
            continue;
        }
        ++sound;
        std::set<std::string> visited;
        for (int walk = 0; walk < 30; ++walk) {
            std::string state = flow.Entry(true, {})->to;
            bool answered = flow.steps[0].answers_customer;
            for (int length = 0; length < 60; ++length) {
                visited.insert(state);
                const bool final = IsFinal(flow.State(state)->phase);
                if (final) {
                    REQUIRE(answered);
                }
                const auto ways = flow.From(state);
                REQUIRE((final || !ways.empty()));
                if (ways.empty()) {
                    break;
                }
                const FlowStep& step = *ways[random() % ways.size()];
                const bool undone =
                    step.step == Step::kSendBack || step.step == Step::kReturn || step.step == Step::kReopen;
                answered = step.answers_customer || (answered && !undone);
                state = step.to;
            }
        }
        REQUIRE(visited.size() <= flow.states.size());
    }
    // The generator must make enough of both.
    REQUIRE(sound > 200);
}

// The other way round: where a walk shows a fault, the check has found it.
TEST_CASE("flow: whatever a walk finds wrong, the check has found", "[workorder][property]") {
    std::mt19937 random(6);
    int found = 0;
    for (int round = 0; round < 5'000; ++round) {
        const Flow flow = Random(random);
        std::string state = flow.Entry(true, {})->to;
        bool answered = flow.steps[0].answers_customer;
        bool wrong = false;
        for (int length = 0; length < 40 && !wrong; ++length) {
            const bool final = IsFinal(flow.State(state)->phase);
            const auto ways = flow.From(state);
            wrong = (final && !answered) || (!final && ways.empty());
            if (ways.empty()) {
                break;
            }
            const FlowStep& step = *ways[random() % ways.size()];
            const bool undone =
                step.step == Step::kSendBack || step.step == Step::kReturn || step.step == Step::kReopen;
            answered = step.answers_customer || (answered && !undone);
            state = step.to;
        }
        found += wrong ? 1 : 0;
        REQUIRE((!wrong || !CheckFlow(flow).empty()));
    }
    REQUIRE(found > 500);
}

}  // namespace
}  // namespace trunkline::workorder

// Reading several keys.
#include "ivr/domain/nodes/collect.hpp"

#include "ivr/domain/node_bench.hpp"

namespace trunkline::ivr {
namespace {

using namespace std::chrono_literals;

Collect OrderNumber() {
    Collect node;
    node.text = {"请输入工单号", ""};
    node.variable = "order";
    node.input = {4, 8, "#", 5s, 3s};
    node.tries = 2;
    node.next = "look_up";
    node.failed = "agent";
    return node;
}

}  // namespace

TEST_CASE("collect: the keys become a variable", "[ivr][node]") {
    NodeBench bench;
    const Collect node = OrderNumber();
    CHECK(bench.Start(node) == "wait");
    CHECK(bench.commands == Commands{PlayPrompt{{Text{"请输入工单号", "zh"}}, true, false, node.input}});
    CHECK(bench.On(node, KeysPressed{"1234"}) == "next -> look_up");
    CHECK(bench.variables == Variables{{"order", "1234"}, {"digits", "1234"}});
}

TEST_CASE("collect: too few keys repeat the text, then fail", "[ivr][node]") {
    NodeBench bench;
    const Collect node = OrderNumber();
    bench.Start(node);
    CHECK(bench.On(node, KeysPressed{"12"}) == "repeat after too short");
    CHECK(bench.commands.size() == 1);
    CHECK(bench.On(node, KeysPressed{"12"}) == "too short -> agent");
    CHECK(bench.variables.empty());
}

TEST_CASE("collect: no key at all fails as a time-out", "[ivr][node]") {
    NodeBench bench;
    const Collect node = OrderNumber();
    bench.Start(node);
    CHECK(bench.On(node, KeysPressed{""}) == "repeat after timeout");
    CHECK(bench.On(node, KeysPressed{""}) == "timeout -> agent");
    CHECK(bench.On(node, PlayFailed{}) == "not spoken -> agent");
}

TEST_CASE("collect: lengths, variable and terminators are checked", "[ivr][node]") {
    CHECK(NodeBench::Faults(OrderNumber()).empty());
    Collect node = OrderNumber();
    node.input.lowest = 9;
    node.input.terminators = "x";
    node.variable = "9th";
    CHECK(NodeBench::Faults(node).size() == 3);
}

}  // namespace trunkline::ivr

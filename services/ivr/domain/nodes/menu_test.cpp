// Menus.
#include "ivr/domain/nodes/menu.hpp"

#include "ivr/domain/node_bench.hpp"

namespace trunkline::ivr {
namespace {

using namespace std::chrono_literals;

Menu TwoKeys() {
    Menu node;
    node.text = {"投诉请按一", ""};
    node.keys = {{"1", "complaints"}, {"#", "again"}};
    node.wrong_text = "按键有误";
    node.timeout_text = "没有按键";
    node.tries = 2;
    node.failed = "agent";
    return node;
}

PlayPrompt Asked(const std::vector<std::string>& texts) {
    PlayPrompt play;
    for (const std::string& words : texts) play.items.push_back(Text{words, "zh"});
    play.barge_in = true;
    play.keys = KeyInput{1, 1, "", 5s, 5s};
    return play;
}

}  // namespace

TEST_CASE("menu: a key cuts the text short and leads to its node", "[ivr][node]") {
    NodeBench bench;
    const Menu node = TwoKeys();
    CHECK(bench.Start(node) == "wait");
    CHECK(bench.commands == Commands{Asked({"投诉请按一"})});
    CHECK(bench.On(node, KeysPressed{"1"}) == "key 1 -> complaints");
    CHECK(bench.variables["digits"] == "1");
    CHECK(bench.On(node, KeysPressed{"#"}) == "key # -> again");
}

TEST_CASE("menu: a wrong key is told and the text repeated until the tries are used up", "[ivr][node]") {
    NodeBench bench;
    const Menu node = TwoKeys();
    bench.Start(node);
    CHECK(bench.On(node, KeysPressed{"5"}) == "repeat after wrong key 5");
    CHECK(bench.commands == Commands{Asked({"按键有误", "投诉请按一"})});
    CHECK(bench.On(node, KeysPressed{"5"}) == "wrong key 5 -> agent");
    CHECK(bench.commands.empty());
}

TEST_CASE("menu: no key is told and the text repeated until the tries are used up", "[ivr][node]") {
    NodeBench bench;
    const Menu node = TwoKeys();
    bench.Start(node);
    CHECK(bench.On(node, KeysPressed{""}) == "repeat after timeout");
    CHECK(bench.commands == Commands{Asked({"没有按键", "投诉请按一"})});
    CHECK(bench.On(node, KeysPressed{""}) == "timeout -> agent");
}

TEST_CASE("menu: tries count again when the menu is entered again", "[ivr][node]") {
    NodeBench bench;
    const Menu node = TwoKeys();
    bench.Start(node);
    bench.On(node, KeysPressed{""});
    bench.Start(node);
    CHECK(bench.On(node, KeysPressed{""}) == "repeat after timeout");
}

TEST_CASE("menu: a text that cannot be spoken takes the failed exit", "[ivr][node]") {
    NodeBench bench;
    const Menu node = TwoKeys();
    bench.Start(node);
    CHECK(bench.On(node, PlayFailed{}) == "not spoken -> agent");
}

TEST_CASE("menu: keys, tries and time are checked", "[ivr][node]") {
    CHECK(NodeBench::Faults(TwoKeys()).empty());
    Menu node = TwoKeys();
    node.keys["12"] = "complaints";
    node.tries = 6;
    node.timeout = 0s;
    CHECK(NodeBench::Faults(node).size() == 3);
    node = TwoKeys();
    node.keys.clear();
    CHECK(NodeBench::Faults(node).size() == 1);
}

}  // namespace trunkline::ivr

// Speaking.
#include "ivr/domain/nodes/say.hpp"

#include "ivr/domain/node_bench.hpp"

namespace trunkline::ivr {

TEST_CASE("say: speaks the text with its variables and goes on when it was played", "[ivr][node]") {
    NodeBench bench;
    bench.variables["from_number"] = "13800000000";
    Say node;
    node.text = {"来电{from_number}", ""};
    node.barge_in = true;
    node.next = "menu";
    CHECK(bench.Start(node) == "wait");
    CHECK(bench.commands == Commands{Spoken("来电13800000000", true)});
    CHECK(bench.On(node, Played{}) == "next -> menu");
}

TEST_CASE("say: a text that cannot be spoken is left out", "[ivr][node]") {
    NodeBench bench;
    Say node;
    node.next = "menu";
    CHECK(bench.On(node, PlayFailed{}) == "not spoken -> menu");
}

TEST_CASE("say: a language that nobody speaks is refused", "[ivr][node]") {
    Say node;
    node.text = {"Bonjour", "fr"};
    CHECK(NodeBench::Faults(node) == std::vector<std::string>{"BAD_PARAMETER"});
    node.text = {std::string(2001, 'a'), "en"};
    CHECK(NodeBench::Faults(node) == std::vector<std::string>{"BAD_PARAMETER"});
    node.text = {"", "en"};
    CHECK(NodeBench::Faults(node) == std::vector<std::string>{"MISSING_PROMPT"});
}

}  // namespace trunkline::ivr

// Playing recordings.
#include "ivr/domain/nodes/play.hpp"

#include "ivr/domain/node_bench.hpp"

namespace trunkline::ivr {

TEST_CASE("play: plays the recording and goes on", "[ivr][node]") {
    NodeBench bench;
    Play node;
    node.prompt_id = "abc";
    node.next = "menu";
    CHECK(bench.Start(node) == "wait");
    CHECK(bench.commands == Commands{PlayPrompt{{PromptId{"abc"}}, false, false, std::nullopt}});
    CHECK(bench.On(node, Played{}) == "next -> menu");
    CHECK(bench.On(node, PlayFailed{}) == "not played -> menu");
    CHECK(bench.On(node, PartyEnded{}) == "wait");
}

TEST_CASE("play: a recording has to be named", "[ivr][node]") {
    CHECK(NodeBench::Faults(Play{}) == std::vector<std::string>{"MISSING_PROMPT"});
}

}  // namespace trunkline::ivr

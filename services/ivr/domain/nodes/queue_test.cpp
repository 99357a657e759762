// Handing callers to agents.
#include "ivr/domain/nodes/queue.hpp"

#include "ivr/domain/node_bench.hpp"

namespace trunkline::ivr {

TEST_CASE("queue: the call goes to the agents' router with what it has to know", "[ivr][node]") {
    NodeBench bench;
    bench.variables["digits"] = "1";
    Queue node;
    node.queue = "complaints";
    node.priority = 5;
    node.failed = "sorry";
    CHECK(bench.Start(node) == "end QUEUED");
    CHECK(bench.commands ==
          Commands{
              HandOverCall{"acd", {{"queue", "complaints"}, {"priority", "5"}, {"language", "zh"}, {"digits", "1"}}}});
}

TEST_CASE("queue: what a look-up found goes along, and a level lifts the caller, to 100 at most", "[ivr][node]") {
    NodeBench bench;
    bench.variables = {{"vip_priority", "6"}, {"account_manager", "1002"}, {"last_agent", ""}};
    Queue node;
    node.queue = "complaints";
    node.priority = 5;
    CHECK(bench.Start(node) == "end QUEUED");
    HandOverCall expected{
        "acd", {{"queue", "complaints"}, {"priority", "11"}, {"language", "zh"}, {"account_manager", "1002"}}};
    CHECK(bench.commands == Commands{expected});
    const auto priority_with = [&](const std::string& bonus) {
        bench.variables["vip_priority"] = bonus;
        bench.Start(node);
        return std::get<HandOverCall>(bench.commands.at(0)).data.at("priority");
    };
    CHECK(priority_with("200") == "100");
    CHECK(priority_with("-3") == "5");
    CHECK(priority_with("99999999999999999999") == "5");
    CHECK(priority_with("gold") == "5");
}

TEST_CASE("queue: a caller who is not taken goes on", "[ivr][node]") {
    NodeBench bench;
    Queue node;
    node.failed = "sorry";
    CHECK(bench.On(node, CallReturned{"UNKNOWN_QUEUE"}) == "failed -> sorry");
    CHECK(bench.On(node, CommandRefused{"INVALID"}) == "failed -> sorry");
    CHECK(bench.On(node, Played{}) == "wait");
    CHECK(NodeBench::Faults(node).size() == 1);
}

}  // namespace trunkline::ivr

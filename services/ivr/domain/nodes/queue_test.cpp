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

// Setting variables.
#include "ivr/domain/nodes/set.hpp"

#include "ivr/domain/node_bench.hpp"

namespace trunkline::ivr {

TEST_CASE("set: the value may use other variables", "[ivr][node]") {
    NodeBench bench;
    bench.variables["digits"] = "42";
    Set node;
    node.variable = "order";
    node.value = "A-{digits}";
    node.next = "bye";
    CHECK(bench.Start(node) == "next -> bye");
    CHECK(bench.variables["order"] == "A-42");
}

TEST_CASE("set: names, length and language are checked", "[ivr][node]") {
    Set node;
    node.variable = "Order";
    CHECK(NodeBench::Faults(node).size() == 1);
    node.variable = "language";
    node.value = "fr";
    CHECK(NodeBench::Faults(node).size() == 1);
    node.value = "en";
    CHECK(NodeBench::Faults(node).empty());
}

}  // namespace trunkline::ivr

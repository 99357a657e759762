// Branching on variables.
#include "ivr/domain/nodes/condition.hpp"

#include "ivr/domain/node_bench.hpp"

namespace trunkline::ivr {

TEST_CASE("condition: each comparison is true and false where it should be", "[ivr][node]") {
    struct Case {
        const char* left;
        const char* comparison;
        const char* right;
        bool holds;
    };
    const auto each = GENERATE(
        Case{"a", "equals", "a", true}, Case{"a", "equals", "b", false}, Case{"a", "not_equals", "b", true},
        Case{"a", "not_equals", "a", false}, Case{"13800", "starts_with", "138", true},
        Case{"13900", "starts_with", "138", false}, Case{"9", "less", "10", true}, Case{"10", "less", "9", false},
        Case{"10", "greater", "9", true}, Case{"9", "greater", "9", false}, Case{"x", "less", "9", false},
        Case{"", "greater", "0", false}, Case{"", "empty", "", true}, Case{"a", "empty", "", false});
    CAPTURE(each.left, each.comparison, each.right);
    NodeBench bench;
    bench.variables["left"] = each.left;
    bench.variables["right"] = each.right;
    Condition node;
    node.variable = "left";
    node.comparison = each.comparison;
    node.value = "{right}";
    node.then = "yes";
    node.otherwise = "no";
    CHECK(NodeBench::Faults(node).empty());
    CHECK(bench.Start(node) == (each.holds ? "then -> yes" : "otherwise -> no"));
}

TEST_CASE("condition: an unknown comparison is refused", "[ivr][node]") {
    NodeBench bench;
    Condition node;
    node.variable = "left";
    node.comparison = "like";
    CHECK(NodeBench::Faults(node).size() == 1);
    CHECK(bench.Start(node) == "fail BAD_CONDITION");
}

}  // namespace trunkline::ivr

// The faults of a flow that show only when its nodes are followed: loops, unreachable nodes, speech before the answer.
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "ivr/domain/check.hpp"

namespace trunkline::ivr {

// The sound part of a flow as a graph: nodes by id, exits that lead somewhere.
class Graph {
 public:
    explicit Graph(const Flow& flow);

    // No way leads there from the entry.
    std::vector<Fault> Unreachable() const;
    // Nodes that need an answered call but can be reached before an answer node.
    std::vector<Fault> Unanswered() const;
    // Loops on which the caller never does anything: such a call would go round for ever. One fault for each loop.
    std::vector<Fault> Loops() const;

 private:
    using Ids = std::set<std::string>;
    // Every node that can be reached from `starts` (they count too); ways end at nodes that `passes` refuses.
    template <class Passes>
    Ids Reach(Ids starts, Passes passes) const;
    Ids TargetsOf(const std::string& id) const;

    const Flow& flow_;
    std::map<std::string, const Node*> nodes_;
};

}  // namespace trunkline::ivr

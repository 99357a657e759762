// Reachability in three forms.
#include "ivr/domain/graph.hpp"

#include <algorithm>

namespace trunkline::ivr {

Graph::Graph(const Flow& flow) : flow_(flow) {
    for (const FlowNode& node : flow.nodes) {
        if (node.node) nodes_.emplace(node.id, node.node.get());
    }
}

Graph::Ids Graph::TargetsOf(const std::string& id) const {
    Ids targets;
    for (const Exit& exit : nodes_.at(id)->Exits()) {
        if (nodes_.contains(exit.target)) targets.insert(exit.target);
    }
    return targets;
}

template <class Passes>
Graph::Ids Graph::Reach(Ids starts, Passes passes) const {
    Ids reached;
    while (!starts.empty()) {
        const std::string id = starts.extract(starts.begin()).value();
        if (!nodes_.contains(id) || !reached.insert(id).second || !passes(*nodes_.at(id))) continue;
        starts.merge(TargetsOf(id));
    }
    return reached;
}

std::vector<Fault> Graph::Unreachable() const {
    const Ids reached = Reach({flow_.entry}, [](const Node&) { return true; });
    // With a wrong entry everything is unreachable, which is not what has to be mended.
    if (reached.empty()) return {};
    std::vector<Fault> faults;
    for (const auto& [id, node] : nodes_) {
        if (!reached.contains(id)) {
            faults.push_back({id, "UNREACHABLE", "no way leads here from the entry '" + flow_.entry + "'"});
        }
    }
    return faults;
}

std::vector<Fault> Graph::Unanswered() const {
    std::vector<Fault> faults;
    for (const std::string& id : Reach({flow_.entry}, [](const Node& node) { return node.Kind() != "answer"; })) {
        if (nodes_.at(id)->NeedsAnswer()) {
            faults.push_back(
                {id, "NO_ANSWER", "it can be reached before the call is answered; put an answer node first"});
        }
    }
    return faults;
}

std::vector<Fault> Graph::Loops() const {
    const auto restless = [](const Node& node) { return !node.WaitsForCaller(); };
    std::vector<Fault> faults;
    Ids told;
    for (const FlowNode& start : flow_.nodes) {
        if (!start.node || !restless(*start.node) || told.contains(start.id)) continue;
        const Ids ahead = Reach(TargetsOf(start.id), restless);
        if (!ahead.contains(start.id)) continue;
        // The nodes of this loop are those ahead that lead back.
        for (const std::string& id : ahead) {
            if (restless(*nodes_.at(id)) && Reach(TargetsOf(id), restless).contains(start.id)) told.insert(id);
        }
        faults.push_back(
            {start.id, "LOOP",
             "it leads back to itself without a menu or collect node on the way; the call would never end"});
    }
    return faults;
}

}  // namespace trunkline::ivr

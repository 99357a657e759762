// Checks each node by itself, then the graph they make.
#include "ivr/domain/check.hpp"

#include <algorithm>

#include "ivr/domain/graph.hpp"

namespace trunkline::ivr {
namespace {

// Attached data of a call holds all variables in one entry of 4 KiB.
constexpr size_t kMostVariables = 16;
constexpr size_t kMostNodes = 500;

class Checker {
 public:
    Checker(const Flow& flow, const std::set<std::string>& prompts) : flow_(flow), prompts_(prompts) {}

    std::vector<Fault> Run() {
        CheckFlowItself();
        for (const FlowNode& node : flow_.nodes) CheckNode(node);
        const Graph graph(flow_);
        for (auto& faults : {graph.Unreachable(), graph.Unanswered(), graph.Loops()}) {
            faults_.insert(faults_.end(), faults.begin(), faults.end());
        }
        SortByNode();
        return std::move(faults_);
    }

 private:
    void Add(const std::string& node, std::string_view reason, std::string message) {
        faults_.push_back({node, std::string(reason), std::move(message)});
    }

    void CheckFlowItself() {
        if (!IsName(flow_.name)) {
            Add("", kBadParameter, "the name '" + flow_.name + "' is none; use a to z, 0 to 9 and _, at most 32");
        }
        if (flow_.language != "zh" && flow_.language != "en") {
            Add("", kBadParameter, "language is '" + flow_.language + "'; use zh or en");
        }
        if (!flow_.Find(flow_.entry)) Add("", "UNKNOWN_EXIT", "the entry '" + flow_.entry + "' names no node");
        if (flow_.nodes.size() > kMostNodes) Add("", kBadParameter, "there are more than 500 nodes");
        std::set<std::string> variables;
        for (const FlowNode& node : flow_.nodes) {
            if (node.node) variables.merge(AsSet(node.node->Sets()));
        }
        if (variables.size() > kMostVariables) Add("", kBadParameter, "there are more than 16 variables");
    }

    void CheckNode(const FlowNode& node) {
        if (!IsName(node.id)) Add(node.id, kBadParameter, "the id is no name; use a to z, 0 to 9 and _, at most 32");
        if (!ids_.insert(node.id).second) Add(node.id, "DUPLICATE_ID", "two nodes have this id; rename one");
        if (!node.node) {
            Add(node.id, kBadParameter, "the kind of the node is missing or unknown");
            return;
        }
        Problems problems;
        node.node->Check(problems);
        for (const Problem& problem : problems.all()) Add(node.id, problem.reason, problem.message);
        for (const Exit& exit : node.node->Exits()) {
            if (!flow_.Find(exit.target)) {
                Add(node.id, "UNKNOWN_EXIT",
                    "the exit '" + exit.name + "' leads to '" + exit.target + "', which is no node");
            }
        }
        const std::string prompt = node.node->RequiredPrompt();
        if (!prompt.empty() && !prompts_.contains(prompt)) {
            Add(node.id, kMissingPrompt, "the prompt " + prompt + " was never uploaded");
        }
    }

    static std::set<std::string> AsSet(const std::vector<std::string>& names) { return {names.begin(), names.end()}; }

    void SortByNode() {
        const auto position = [&](const Fault& fault) {
            const FlowNode* node = flow_.Find(fault.node_id);
            return node ? node - flow_.nodes.data() : -1;
        };
        std::stable_sort(faults_.begin(), faults_.end(),
                         [&](const Fault& left, const Fault& right) { return position(left) < position(right); });
    }

    const Flow& flow_;
    const std::set<std::string>& prompts_;
    std::set<std::string> ids_;
    std::vector<Fault> faults_;
};

}  // namespace

std::vector<Fault> CheckFlow(const Flow& flow, const std::set<std::string>& prompts) {
    return Checker(flow, prompts).Run();
}

std::string Describe(const std::vector<Fault>& faults) {
    std::string text;
    for (const Fault& fault : faults) {
        if (!text.empty()) text += "; ";
        text += (fault.node_id.empty() ? "flow" : fault.node_id) + ": " + fault.reason + ": " + fault.message;
    }
    return text;
}

}  // namespace trunkline::ivr

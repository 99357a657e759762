// A self-service flow: a graph of nodes; a call starts at the entry and follows exits until a node ends it.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ivr/domain/node.hpp"

namespace trunkline::ivr {

struct FlowNode {
    std::string id;
    std::unique_ptr<const Node> node;  // null when its kind is not known; such a flow is not sound
};

// Immutable once published, shared by all calls on it.
struct Flow {
    std::string name;
    std::string language = "zh";  // of texts that name none, until a call's variable "language" says otherwise
    std::string entry;
    std::vector<FlowNode> nodes;

    // The first node of this id; null when there is none.
    const FlowNode* Find(std::string_view id) const;
    // Texts that are the same for every caller, with their language.
    std::vector<Text> ConstantTexts() const;
};

}  // namespace trunkline::ivr

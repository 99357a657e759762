// Looking into a flow.
#include "ivr/domain/flow.hpp"

#include <algorithm>
#include <set>

namespace trunkline::ivr {
namespace {

// Languages a call on this flow can have.
std::set<std::string> LanguagesOf(const Flow& flow) {
    std::set<std::string> languages{flow.language};
    for (const FlowNode& node : flow.nodes) {
        if (!node.node) continue;
        const auto sets = node.node->Sets();
        if (std::find(sets.begin(), sets.end(), "language") != sets.end()) languages.insert({"zh", "en"});
    }
    return languages;
}

}  // namespace

const FlowNode* Flow::Find(std::string_view id) const {
    const auto found = std::find_if(nodes.begin(), nodes.end(), [&](const FlowNode& node) { return node.id == id; });
    return found == nodes.end() ? nullptr : &*found;
}

std::vector<Text> Flow::ConstantTexts() const {
    std::set<Text> texts;
    const auto languages = LanguagesOf(*this);
    for (const FlowNode& node : nodes) {
        if (!node.node) continue;
        for (const Text& text : node.node->Texts()) {
            if (text.empty() || HasVariables(text.words)) continue;
            if (!text.language.empty()) {
                texts.insert(text);
                continue;
            }
            for (const std::string& language : languages) texts.insert({text.words, language});
        }
    }
    return {texts.begin(), texts.end()};
}

}  // namespace trunkline::ivr

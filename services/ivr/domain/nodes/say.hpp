// Speaks a text.
#pragma once
#include "ivr/domain/node.hpp"

namespace trunkline::ivr {

struct Say final : Node {
    Text text;
    bool barge_in = false;  // a key ends it
    std::string next;

    std::string_view Kind() const override { return "say"; }
    Step Start(Context& context) const override;
    Step OnEvent(Context& context, const Event& event) const override;
    std::vector<Exit> Exits() const override { return {{"next", next}}; }
    void Check(Problems& problems) const override { problems.ExpectText(text); }
    std::vector<Text> Texts() const override { return {text}; }
};

}  // namespace trunkline::ivr

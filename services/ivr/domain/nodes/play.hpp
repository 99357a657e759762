// Plays an uploaded prompt.
#pragma once
#include "ivr/domain/node.hpp"

namespace trunkline::ivr {

struct Play final : Node {
    std::string prompt_id;
    bool barge_in = false;  // a key ends it
    std::string next;

    std::string_view Kind() const override { return "play"; }
    Step Start(Context& context) const override;
    Step OnEvent(Context& context, const Event& event) const override;
    std::vector<Exit> Exits() const override { return {{"next", next}}; }
    std::string RequiredPrompt() const override { return prompt_id; }
    void Check(Problems& problems) const override;
};

}  // namespace trunkline::ivr

// Picks up the call.
#pragma once
#include "ivr/domain/node.hpp"

namespace trunkline::ivr {

struct Answer final : Node {
    std::string next;

    std::string_view Kind() const override { return "answer"; }
    Step Start(Context& context) const override;
    Step OnEvent(Context& context, const Event& event) const override;
    std::vector<Exit> Exits() const override { return {{"next", next}}; }
    bool NeedsAnswer() const override { return false; }
};

}  // namespace trunkline::ivr

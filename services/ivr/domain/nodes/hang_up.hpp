// Ends the call, after a text if one is given.
#pragma once
#include "ivr/domain/node.hpp"

namespace trunkline::ivr {

struct HangUp final : Node {
    Text text;

    std::string_view Kind() const override { return "hang_up"; }
    Step Start(Context& context) const override;
    Step OnEvent(Context& context, const Event& event) const override;
    void Check(Problems& problems) const override { problems.ExpectLanguage(text); }
    std::vector<Text> Texts() const override;
    bool NeedsAnswer() const override { return !text.empty(); }
};

}  // namespace trunkline::ivr

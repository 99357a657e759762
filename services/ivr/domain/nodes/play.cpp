// Plays an uploaded prompt; when it cannot be played the caller goes on without it.
#include "ivr/domain/nodes/play.hpp"

namespace trunkline::ivr {

Step Play::Start(Context& context) const {
    context.commands.push_back(PlayPrompt{{PromptId{prompt_id}}, barge_in, false, std::nullopt});
    return Wait{};
}

Step Play::OnEvent(Context&, const Event& event) const {
    if (std::holds_alternative<Played>(event)) return Continue{{"next", next}};
    if (std::holds_alternative<PlayFailed>(event)) return Continue{{"not played", next}};
    return Wait{};
}

void Play::Check(Problems& problems) const {
    if (prompt_id.empty()) problems.Add(kMissingPrompt, "prompt_id is empty; upload a recording and name it");
}

}  // namespace trunkline::ivr

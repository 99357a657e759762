// Speaks a text; when it cannot be spoken the caller goes on without it rather than waiting in silence.
#include "ivr/domain/nodes/say.hpp"

namespace trunkline::ivr {

Step Say::Start(Context& context) const {
    context.Say(text, barge_in);
    return Wait{};
}

Step Say::OnEvent(Context&, const Event& event) const {
    if (std::holds_alternative<Played>(event)) return Continue{{"next", next}};
    if (std::holds_alternative<PlayFailed>(event)) return Continue{{"not spoken", next}};
    return Wait{};
}

}  // namespace trunkline::ivr

// Picks up the call; a call that is up already goes on at once.
#include "ivr/domain/nodes/answer.hpp"

namespace trunkline::ivr {

Step Answer::Start(Context& context) const {
    if (context.call.answered) return Continue{{"next", next}};
    context.commands.push_back(AnswerCall{});
    return Wait{};
}

Step Answer::OnEvent(Context&, const Event& event) const {
    if (std::holds_alternative<CallAnswered>(event)) return Continue{{"next", next}};
    if (const auto* refused = std::get_if<CommandRefused>(&event)) return Fail{refused->reason};
    return Wait{};
}

}  // namespace trunkline::ivr

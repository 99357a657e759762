// Ends the call; a call that was never answered is turned away instead, which costs the caller nothing.
#include "ivr/domain/nodes/hang_up.hpp"

namespace trunkline::ivr {
namespace {

Step EndCall(Context& context) {
    if (context.call.answered) {
        context.commands.push_back(HangUpCall{});
    } else {
        context.commands.push_back(RejectCall{});
    }
    return End{EndReason::kHungUp};
}

}  // namespace

Step HangUp::Start(Context& context) const {
    if (text.empty()) return EndCall(context);
    context.Say(text, false);
    return Wait{};
}

Step HangUp::OnEvent(Context& context, const Event& event) const {
    if (std::holds_alternative<Played>(event) || std::holds_alternative<PlayFailed>(event)) return EndCall(context);
    return Wait{};
}

std::vector<Text> HangUp::Texts() const {
    if (text.empty()) return {};
    return {text};
}

}  // namespace trunkline::ivr

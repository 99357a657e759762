// Reads keys: too few of them repeat the text until the tries are used up.
#include "ivr/domain/nodes/collect.hpp"

namespace trunkline::ivr {

using namespace std::chrono_literals;

Step Collect::Start(Context& context) const {
    context.commands.push_back(PlayPrompt{{context.Speech(text)}, true, false, input});
    ++context.round;
    return Wait{};
}

Step Collect::OnEvent(Context& context, const Event& event) const {
    if (std::holds_alternative<PlayFailed>(event)) return Continue{{"not spoken", failed}};
    const auto* pressed = std::get_if<KeysPressed>(&event);
    if (!pressed) return Wait{};
    if (static_cast<int>(pressed->keys.size()) >= input.lowest) {
        SetVariable(context.variables, variable, pressed->keys);
        SetVariable(context.variables, "digits", pressed->keys);
        return Continue{{"next", next}};
    }
    const std::string reason = pressed->keys.empty() ? "timeout" : "too short";
    if (context.round >= tries) return Continue{{reason, failed}};
    Start(context);
    return Repeat{reason};
}

void Collect::Check(Problems& problems) const {
    problems.ExpectText(text);
    problems.Expect(IsName(variable), "variable '" + variable + "' is no name; use a to z, 0 to 9 and _");
    problems.Expect(input.lowest >= 1 && input.lowest <= input.highest && input.highest <= 32,
                    "min_digits and max_digits must be 1 to 32, the lower one first");
    problems.Expect(input.terminators.find_first_not_of("0123456789*#") == std::string::npos,
                    "terminators may hold 0 to 9, * and # only");
    problems.ExpectBetween(input.first_timeout, 1s, 60s, "first_timeout");
    problems.ExpectBetween(input.between_timeout, 1s, 60s, "between_timeout");
    problems.Expect(tries >= 1 && tries <= 5, "tries must be 1 to 5");
}

}  // namespace trunkline::ivr

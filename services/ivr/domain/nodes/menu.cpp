// A menu: the text can be cut short by a key; a wrong key or none is told and the text repeated.
#include "ivr/domain/nodes/menu.hpp"

namespace trunkline::ivr {

using namespace std::chrono_literals;

Step Menu::Start(Context& context) const {
    Ask(context, "");
    return Wait{};
}

Step Menu::OnEvent(Context& context, const Event& event) const {
    if (std::holds_alternative<PlayFailed>(event)) return Continue{{"not spoken", failed}};
    const auto* pressed = std::get_if<KeysPressed>(&event);
    if (!pressed) return Wait{};
    if (pressed->keys.empty()) return Again(context, timeout_text, "timeout");
    const auto target = keys.find(pressed->keys);
    if (target == keys.end()) return Again(context, wrong_text, "wrong key " + pressed->keys);
    SetVariable(context.variables, "digits", pressed->keys);
    return Continue{{"key " + target->first, target->second}};
}

void Menu::Ask(Context& context, const std::string& lead) const {
    PlayPrompt play;
    if (!lead.empty()) play.items.push_back(context.Speech({lead, text.language}));
    play.items.push_back(context.Speech(text));
    play.barge_in = true;
    // "#" is a key like any other here, so nothing ends the input but the key itself.
    play.keys = KeyInput{1, 1, "", timeout, timeout};
    context.commands.push_back(std::move(play));
    ++context.round;
}

Step Menu::Again(Context& context, const std::string& lead, const std::string& exit) const {
    if (context.round >= tries) return Continue{{exit, failed}};
    Ask(context, lead);
    return Repeat{exit};
}

std::vector<Exit> Menu::Exits() const {
    std::vector<Exit> exits;
    for (const auto& [key, target] : keys) exits.push_back({"key " + key, target});
    exits.push_back({"failed", failed});
    return exits;
}

void Menu::Check(Problems& problems) const {
    problems.ExpectText(text);
    problems.Expect(!keys.empty(), "keys is empty; name at least one key");
    for (const auto& [key, target] : keys) {
        problems.Expect(key.size() == 1 && std::string_view("0123456789*#").find(key) != std::string_view::npos,
                        "'" + key + "' is no key; use 0 to 9, * or #");
    }
    problems.ExpectBetween(timeout, 1s, 60s, "timeout");
    problems.Expect(tries >= 1 && tries <= 5, "tries must be 1 to 5");
}

std::vector<Text> Menu::Texts() const {
    std::vector<Text> texts{text};
    for (const std::string& lead : {wrong_text, timeout_text}) {
        if (!lead.empty()) texts.push_back({lead, text.language});
    }
    return texts;
}

}  // namespace trunkline::ivr

// What all kinds of nodes share.
#include "ivr/domain/node.hpp"

namespace trunkline::ivr {

std::string_view ToString(EndReason reason) {
    switch (reason) {
        case EndReason::kQueued:
            return "QUEUED";
        case EndReason::kTransferred:
            return "TRANSFERRED";
        case EndReason::kHungUp:
            return "HUNG_UP";
        case EndReason::kCallerHungUp:
            return "CALLER_HUNG_UP";
        case EndReason::kFailed:
            break;
    }
    return "FAILED";
}

Text Context::Speech(const Text& text) const {
    return {Substitute(text.words, variables), text.language.empty() ? language : text.language};
}

void Context::Say(const Text& text, bool barge_in) {
    commands.push_back(PlayPrompt{{Speech(text)}, barge_in, false, std::nullopt});
}

void Problems::Expect(bool good, std::string message) {
    if (!good) Add(kBadParameter, std::move(message));
}

void Problems::Add(std::string_view reason, std::string message) {
    all_.push_back({std::string(reason), std::move(message)});
}

void Problems::ExpectText(const Text& text) {
    if (text.empty()) Add(kMissingPrompt, "text is empty; write what the caller is to hear");
    Expect(IsSpeakable(text.words), "text is longer than 2000 bytes or holds a NUL character");
    ExpectLanguage(text);
}

void Problems::ExpectLanguage(const Text& text) {
    Expect(text.language.empty() || text.language == "zh" || text.language == "en",
           "language is '" + text.language + "'; use zh or en, or leave it out");
}

void Problems::ExpectBetween(std::chrono::milliseconds value, std::chrono::milliseconds lowest,
                             std::chrono::milliseconds highest, const std::string& name) {
    const auto seconds = [](std::chrono::milliseconds time) { return std::to_string(time.count() / 1000) + " s"; };
    Expect(value >= lowest && value <= highest, name + " must be " + seconds(lowest) + " to " + seconds(highest));
}

Step Node::OnEvent(Context&, const Event&) const { return Wait{}; }

}  // namespace trunkline::ivr

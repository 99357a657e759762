// Substitution of variables, and the rules for names and values.
#include "ivr/domain/text.hpp"

#include <algorithm>
#include <functional>

namespace trunkline::ivr {
namespace {

// Calls `plain` for what stands between variables and `variable` for each name.
void Walk(std::string_view text, const std::function<void(std::string_view)>& plain,
          const std::function<void(std::string_view)>& variable) {
    while (!text.empty()) {
        const size_t open = text.find('{');
        const size_t close = open == text.npos ? text.npos : text.find('}', open);
        if (close == text.npos) break;
        plain(text.substr(0, open));
        variable(text.substr(open + 1, close - open - 1));
        text.remove_prefix(close + 1);
    }
    plain(text);
}

bool IsContinuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

}  // namespace

std::string Substitute(std::string_view text, const Variables& variables) {
    std::string result;
    Walk(
        text, [&](std::string_view plain) { result += plain; },
        [&](std::string_view name) {
            const auto found = variables.find(std::string(name));
            if (found != variables.end()) result += found->second;
        });
    return result;
}

bool HasVariables(std::string_view text) {
    bool found = false;
    Walk(
        text, [](std::string_view) {}, [&](std::string_view) { found = true; });
    return found;
}

void SetVariable(Variables& variables, const std::string& name, std::string value) {
    if (value.size() > kLongestValue) {
        size_t end = kLongestValue;
        while (end > 0 && IsContinuation(value[end])) --end;
        value.resize(end);
    }
    variables[name] = std::move(value);
}

bool IsSpeakable(std::string_view words) { return words.size() <= 2000 && words.find('\0') == words.npos; }

bool IsName(std::string_view text) {
    const auto lower = [](char letter) { return letter >= 'a' && letter <= 'z'; };
    const auto digit = [](char letter) { return letter >= '0' && letter <= '9'; };
    return !text.empty() && text.size() <= 32 && lower(text.front()) &&
           std::all_of(text.begin(), text.end(),
                       [&](char letter) { return lower(letter) || digit(letter) || letter == '_'; });
}

}  // namespace trunkline::ivr

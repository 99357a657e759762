// What is spoken: a text with its language, and how {variables} are put into it.
#pragma once
#include <compare>
#include <map>
#include <string>
#include <string_view>

namespace trunkline::ivr {

// What a flow knows about its caller. from_number, to_number, language and digits are set by the service.
using Variables = std::map<std::string, std::string>;

struct Text {
    std::string words;
    std::string language;  // "zh" or "en"; empty: the language of the call

    bool empty() const { return words.empty(); }
    auto operator<=>(const Text&) const = default;
};

// Replaces {name} by the variable's value, by nothing when it is not set. A brace without a partner stays.
std::string Substitute(std::string_view text, const Variables& variables);
bool HasVariables(std::string_view text);

// Sets a variable; what is longer than kLongestValue bytes is cut between two characters (UTF-8), because the whole
// set has to fit into one entry of a call's attached data.
inline constexpr size_t kLongestValue = 200;
void SetVariable(Variables& variables, const std::string& name, std::string value);

// At most 2000 bytes, some two minutes, and no NUL character.
bool IsSpeakable(std::string_view words);

// Lower-case letters, digits and underscores, a letter first, at most 32: names of variables, nodes and flows.
bool IsName(std::string_view text);

}  // namespace trunkline::ivr

// Variables are one entry "name=value&name=value", with '%', '&' and '=' of values written as %25, %26 and %3D.
#include "ivr/app/checkpoint.hpp"

#include <array>
#include <charconv>
#include <utility>

namespace trunkline::ivr {
namespace {

constexpr std::array<std::pair<char, std::string_view>, 3> kEscapes{{{'%', "%25"}, {'&', "%26"}, {'=', "%3D"}}};

std::string Escape(const std::string& text) {
    std::string escaped;
    for (const char letter : text) {
        std::string_view replacement(&letter, 1);
        for (const auto& [special, escape] : kEscapes) {
            if (letter == special) replacement = escape;
        }
        escaped += replacement;
    }
    return escaped;
}

std::string Unescape(std::string_view text) {
    std::string plain;
    while (!text.empty()) {
        size_t used = 1;
        char letter = text.front();
        for (const auto& [special, escape] : kEscapes) {
            if (text.starts_with(escape)) {
                letter = special;
                used = escape.size();
                break;
            }
        }
        plain += letter;
        text.remove_prefix(used);
    }
    return plain;
}

std::string Encode(const Variables& variables) {
    std::string text;
    for (const auto& [name, value] : variables) {
        if (!text.empty()) text += '&';
        text += name + '=' + Escape(value);
    }
    return text;
}

Variables Decode(std::string_view text) {
    Variables variables;
    while (!text.empty()) {
        const std::string_view entry = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(text.size(), entry.size() + 1));
        const size_t equals = entry.find('=');
        if (equals != entry.npos) variables[std::string(entry.substr(0, equals))] = Unescape(entry.substr(equals + 1));
    }
    return variables;
}

std::optional<uint32_t> Number(const CallData& data, const std::string& key) {
    const auto entry = data.find(key);
    if (entry == data.end()) return std::nullopt;
    uint32_t number = 0;
    const char* end = entry->second.data() + entry->second.size();
    const auto parsed = std::from_chars(entry->second.data(), end, number);
    return parsed.ec == std::errc{} && parsed.ptr == end && number > 0 ? std::optional(number) : std::nullopt;
}

}  // namespace

CallData ToData(const Checkpoint& checkpoint) {
    return {{"ivr.flow", checkpoint.flow.name},
            {"ivr.version", std::to_string(checkpoint.flow.version)},
            {"ivr.node", checkpoint.progress.node},
            {"ivr.step", std::to_string(checkpoint.progress.step)},
            {"ivr.vars", Encode(checkpoint.progress.variables)}};
}

std::optional<Checkpoint> FromData(const CallData& data) {
    const auto flow = data.find("ivr.flow");
    const auto node = data.find("ivr.node");
    const auto version = Number(data, "ivr.version");
    const auto step = Number(data, "ivr.step");
    if (flow == data.end() || node == data.end() || !version || !step) return std::nullopt;
    const auto variables = data.find("ivr.vars");
    return Checkpoint{{flow->second, *version},
                      {node->second, *step, variables == data.end() ? Variables{} : Decode(variables->second)}};
}

}  // namespace trunkline::ivr

// Judged by the phone library.
#include "acd/app/caller_number.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "phone/phone.hpp"

namespace trunkline::acd {
namespace {

constexpr size_t kMostData = 16;
constexpr size_t kLongestData = 200;
constexpr std::array<std::string_view, 9> kOwnKeys{"queue", "flow",       "queue_result", "queue_rule", "answer",
                                                   "agent", "agent_wait", "agent_away",   "priority"};

bool GoesAlong(const std::string& key, const std::string& value) {
    const bool word = !key.empty() && std::all_of(key.begin(), key.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '_' || c == '-';
    });
    return word && value.size() <= kLongestData && std::find(kOwnKeys.begin(), kOwnKeys.end(), key) == kOwnKeys.end();
}

}  // namespace

std::string KeyOf(const std::string& number) {
    const phone::Number parsed = phone::Parse(number);
    return parsed.kind == phone::Kind::kE164 ? parsed.value : "";
}

CallbackNumber CallerOf(const std::string& from_number) { return {from_number, KeyOf(from_number)}; }

CallbackNumber NumberKeyed(const std::string& digits) {
    const bool plain = digits.size() >= 5 && digits.size() <= 20 &&
                       std::all_of(digits.begin(), digits.end(),
                                   [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; });
    const phone::Number parsed = plain ? phone::Parse(digits) : phone::Number{};
    const bool callable = parsed.kind == phone::Kind::kE164 && parsed.country == "CN";
    return {digits, callable ? parsed.value : ""};
}

std::map<std::string, std::string> DataForCallback(const calls::Data& data) {
    std::map<std::string, std::string> kept;
    for (const auto& [key, value] : data) {
        if (kept.size() < kMostData && GoesAlong(key, value)) {
            kept[key] = value;
        }
    }
    return kept;
}

}  // namespace trunkline::acd

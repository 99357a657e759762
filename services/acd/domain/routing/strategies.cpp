// The list of strategies.
#include "acd/domain/routing/strategies.hpp"

#include <array>
#include <utility>

#include "acd/domain/routing/longest_idle.hpp"

namespace trunkline::acd {
namespace {

const LongestIdle kLongestIdle;

using Entry = std::pair<std::string_view, const Strategy*>;
const std::array<Entry, 1> kStrategies{Entry{"longest_idle", &kLongestIdle}};

}  // namespace

const Strategy* FindStrategy(std::string_view name) {
    for (const auto& [word, strategy] : kStrategies) {
        if (word == name || name.empty()) {
            return strategy;
        }
    }
    return nullptr;
}

std::string StrategyNames() {
    std::string names;
    for (const auto& [word, strategy] : kStrategies) {
        names += (names.empty() ? "" : ", ") + std::string(word);
    }
    return names;
}

}  // namespace trunkline::acd

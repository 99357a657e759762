// The list of strategies.
#include "acd/domain/routing/strategies.hpp"

#include <array>
#include <utility>

#include "acd/domain/routing/best_skill.hpp"
#include "acd/domain/routing/fewest_contacts.hpp"
#include "acd/domain/routing/least_occupied.hpp"
#include "acd/domain/routing/least_talk_time.hpp"
#include "acd/domain/routing/longest_idle.hpp"
#include "acd/domain/routing/ring_all.hpp"
#include "acd/domain/routing/round_robin.hpp"
#include "acd/domain/routing/top_down.hpp"
#include "acd/domain/routing/weighted_random.hpp"

namespace trunkline::acd {
namespace {

const LongestIdle kLongestIdle;
const LeastOccupied kLeastOccupied;
const FewestContacts kFewestContacts;
const LeastTalkTime kLeastTalkTime;
const RoundRobin kRoundRobin;
const TopDown kTopDown;
const BestSkill kBestSkill;
const WeightedRandom kWeightedRandom;
const RingAll kRingAll;

using Entry = std::pair<std::string_view, const Strategy*>;
const std::array<Entry, 9> kStrategies{
    Entry{"longest_idle", &kLongestIdle},
    Entry{"least_occupied", &kLeastOccupied},
    Entry{"fewest_contacts", &kFewestContacts},
    Entry{"least_talk_time", &kLeastTalkTime},
    Entry{"round_robin", &kRoundRobin},
    Entry{"top_down", &kTopDown},
    Entry{"best_skill", &kBestSkill},
    Entry{"weighted_random", &kWeightedRandom},
    Entry{"ring_all", &kRingAll},
};

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

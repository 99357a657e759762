// Choosing by order and weight; resting after failures.
#include "trunk/domain/line_picker.hpp"

#include <algorithm>
#include <vector>

namespace trunkline::trunk {
namespace {

constexpr Duration kLongestRest = std::chrono::seconds(60);
constexpr uint32_t kMostDoublings = 6;

const TrunkGroup::Member& ByWeight(const std::vector<const TrunkGroup::Member*>& members, double chance) {
    double total = 0;
    for (const TrunkGroup::Member* member : members) {
        total += member->weight;
    }
    double left = chance * total;
    for (const TrunkGroup::Member* member : members) {
        left -= member->weight;
        if (left < 0) {
            return *member;
        }
    }
    return *members.back();
}

}  // namespace

std::string LinePicker::Obstacle(const std::string& trunk, SteadyTime now) const {
    const CarrierTrunk* settings = directory_.FindTrunk(trunk);
    if (settings == nullptr) {
        return "unknown";
    }
    const auto found = lines_.find(trunk);
    if (found == lines_.end()) {
        return "";
    }
    const Line& line = found->second;
    if (!line.up) {
        return "down";
    }
    if (now < line.rests_until) {
        return "resting after failures";
    }
    if (!HasRoom(trunk)) {
        return "full";
    }
    const uint32_t rate = settings->line.calls_per_second;
    const bool same_second = now - line.second_began < std::chrono::seconds(1);
    return rate > 0 && same_second && line.begun_in_second >= rate ? "at its calls per second" : "";
}

Result<std::string> LinePicker::Pick(const TrunkGroup& group, const std::set<std::string>& tried, double chance,
                                     SteadyTime now) {
    std::vector<const TrunkGroup::Member*> best;
    std::string why;
    for (const TrunkGroup::Member& member : group.members) {
        const std::string obstacle = tried.contains(member.trunk) ? "tried" : Obstacle(member.trunk, now);
        if (!obstacle.empty()) {
            why += (why.empty() ? "" : ", ") + member.trunk + " is " + obstacle;
            continue;
        }
        if (!best.empty() && member.order < best.front()->order) {
            best.clear();
        }
        if (best.empty() || member.order == best.front()->order) {
            best.push_back(&member);
        }
    }
    if (best.empty()) {
        return Error{Code::kUnavailable, "NO_TRUNK", "no trunk of group " + group.name + " can carry the call: " + why};
    }
    return ByWeight(best, chance).trunk;
}

bool LinePicker::HasRoom(const std::string& trunk) const {
    const CarrierTrunk* settings = directory_.FindTrunk(trunk);
    return settings == nullptr || settings->line.capacity == 0 || Live(trunk) < settings->line.capacity;
}

void LinePicker::Begin(const std::string& trunk, SteadyTime now) {
    Line& line = lines_[trunk];
    ++line.live;
    if (now - line.second_began >= std::chrono::seconds(1)) {
        line.second_began = now;
        line.begun_in_second = 0;
    }
    ++line.begun_in_second;
}

void LinePicker::End(const std::string& trunk) {
    const auto found = lines_.find(trunk);
    if (found != lines_.end() && found->second.live > 0) {
        --found->second.live;
    }
}

void LinePicker::Failed(const std::string& trunk, SteadyTime now) {
    Line& line = lines_[trunk];
    line.rests_until = now + std::min<Duration>(std::chrono::seconds(1) * (1 << line.failures), kLongestRest);
    line.failures = std::min(line.failures + 1, kMostDoublings);
}

void LinePicker::Worked(const std::string& trunk) {
    Line& line = lines_[trunk];
    line.failures = 0;
    line.rests_until = {};
}

uint32_t LinePicker::Live(const std::string& trunk) const {
    const auto found = lines_.find(trunk);
    return found == lines_.end() ? 0 : found->second.live;
}

bool IsTrunkFailure(int sip_status) { return sip_status == 408 || (sip_status >= 500 && sip_status < 600); }

}  // namespace trunkline::trunk

// Checks of types, the organisation's tree, texts.
#include "workorder/domain/order_type.hpp"

#include <algorithm>

namespace trunkline::workorder {
namespace {

constexpr int kDepthLimit = 20;

}  // namespace

std::vector<Fault> CheckType(const TypeDefinition& type) {
    std::vector<Fault> faults = CheckFields(type.fields);
    if (type.id.empty() || type.name.empty() || type.kind == OrderType::kNone) {
        faults.push_back({"type_id", "MISSING", "a type needs a type_id, a name and a kind"});
    }
    if (type.flow_id.empty()) {
        faults.push_back({"flow_id", "MISSING", "a type needs a flow"});
    }
    std::set<ClockKind> clocks;
    for (size_t i = 0; i < type.limits.size(); ++i) {
        const TimeLimit& limit = type.limits[i];
        const std::string place = "limits[" + std::to_string(i) + "]";
        if (limit.clock == ClockKind::kNone || !clocks.insert(limit.clock).second) {
            faults.push_back({place + ".clock", "TWICE", "each clock has one limit"});
        }
        if ((limit.days > 0) == (limit.minutes > 0) || limit.days > 365 || limit.minutes > 365 * 1440) {
            faults.push_back({place, "BAD_LIMIT", "a limit is either 1 to 365 working days or working minutes"});
        }
    }
    if (!clocks.contains(ClockKind::kTotal)) {
        faults.push_back({"limits", "MISSING", "the total clock needs a limit"});
    }
    if (std::any_of(type.warn_percents.begin(), type.warn_percents.end(), [](int p) { return p < 1 || p > 100; })) {
        faults.push_back({"warn_percents", "OUT_OF_RANGE", "warnings are given at 1 to 100 percent"});
    }
    if (type.urging.shorten_percent < 0 || type.urging.shorten_percent > 90) {
        faults.push_back(
            {"urging.shorten_percent", "OUT_OF_RANGE", "an urging takes 0 to 90 percent of the time left"});
    }
    return faults;
}

Organisation::Organisation(std::vector<Unit> units, std::vector<Crew> crews) : crews_(std::move(crews)) {
    for (Unit& unit : units) {
        units_[unit.id] = unit;
    }
}

const Unit* Organisation::Find(const std::string& unit) const {
    static const Unit kRoot{kCentre, kCentre, "", false};
    const auto found = units_.find(unit);
    if (found != units_.end()) {
        return &found->second;
    }
    return unit == kCentre ? &kRoot : nullptr;
}

const Crew* Organisation::FindCrew(const std::string& crew) const {
    const auto found = std::find_if(crews_.begin(), crews_.end(), [&](const Crew& c) { return c.id == crew; });
    return found == crews_.end() || found->retired ? nullptr : &*found;
}

bool Organisation::HasCrew(const std::string& unit) const {
    return std::any_of(crews_.begin(), crews_.end(),
                       [&](const Crew& crew) { return !crew.retired && IsWithin(crew.unit, unit); });
}

std::string Organisation::Above(const std::string& unit) const {
    const Unit* found = Find(unit);
    return found == nullptr || found->parent.empty() ? kCentre : found->parent;
}

bool Organisation::IsWithin(const std::string& unit, const std::string& above) const {
    std::string at = unit;
    for (int depth = 0; depth < kDepthLimit; ++depth, at = Above(at)) {
        if (at == above || above == kCentre) {
            return true;
        }
        if (at == kCentre) {
            return false;
        }
    }
    return false;
}

std::vector<std::string> Organisation::Within(const std::string& unit) const {
    std::vector<std::string> within{unit};
    for (const auto& [id, known] : units_) {
        if (id != unit && IsWithin(id, unit)) {
            within.push_back(id);
        }
    }
    return within;
}

std::string Organisation::NameOf(const std::string& unit) const {
    const Unit* found = Find(unit);
    return found == nullptr ? unit : found->name;
}

const std::string* Templates::Find(Step step, Medium medium, const std::string& type) const {
    for (const Key& key :
         {Key{step, medium, type}, Key{step, medium, ""}, Key{step, Medium::kSms, type}, Key{step, Medium::kSms, ""}}) {
        if (const auto found = texts_.find(key); found != texts_.end()) {
            return &found->second;
        }
    }
    return nullptr;
}

Result<std::string> Render(const std::string& text, const Values& values) {
    std::string rendered;
    for (size_t at = 0; at < text.size();) {
        const size_t end = text[at] == '{' ? text.find('}', at) : std::string::npos;
        if (end == std::string::npos) {
            rendered += text[at++];
            continue;
        }
        const auto value = values.find(text.substr(at + 1, end - at - 1));
        if (value == values.end()) {
            return Error{Code::kInvalidArgument, "BAD_TEMPLATE",
                         text.substr(at, end - at + 1) + " is not a name that a text can use"};
        }
        rendered += value->second;
        at = end + 1;
    }
    return rendered;
}

}  // namespace trunkline::workorder

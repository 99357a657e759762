// Rewriting, caller numbers, and what is wrong with settings.
#include "trunk/domain/outbound.hpp"

#include <algorithm>
#include <set>

namespace trunkline::trunk {
namespace {

constexpr size_t kMostMembers = 64;
constexpr size_t kMostRules = 500;
constexpr uint32_t kLargestWeight = 1000;

Error Invalid(const std::string& message) { return {Code::kInvalidArgument, "INVALID", message}; }

bool IsDialString(const std::string& text) {
    return text.size() <= 32 && text.find_first_not_of("0123456789+*#") == std::string::npos;
}

bool AreDialStrings(const std::vector<NumberRewrite>& rules) {
    return std::all_of(rules.begin(), rules.end(), [](const NumberRewrite& rule) {
        return IsDialString(rule.prefix) && IsDialString(rule.replacement);
    });
}

}  // namespace

std::string Rewrite(const std::vector<NumberRewrite>& rules, const std::string& number) {
    for (const NumberRewrite& rule : rules) {
        if (number.starts_with(rule.prefix)) {
            return rule.replacement + number.substr(rule.prefix.size());
        }
    }
    return number;
}

Status Check(const LineSettings& line) {
    if (!AreDialStrings(line.called_rewrites) || !AreDialStrings(line.caller_rewrites)) {
        return Invalid("a rewrite's prefix and replacement have up to 32 of 0-9 + * #");
    }
    if (!std::all_of(line.caller_numbers.begin(), line.caller_numbers.end(),
                     [](const std::string& number) { return !number.empty() && IsDialString(number); })) {
        return Invalid("trunk.line.caller_numbers have 1 to 32 of 0-9 + * #");
    }
    for (const std::string& codec : line.codecs) {
        if (codec != "PCMA" && codec != "PCMU") {
            return Invalid("trunk.line.codecs are PCMA and PCMU, not " + codec);
        }
    }
    return {};
}

Status Check(const TrunkGroup& group) {
    if (group.name.empty() || group.name.size() > 64) {
        return Invalid("group.name has 1 to 64 characters");
    }
    if (group.members.empty() || group.members.size() > kMostMembers) {
        return Invalid("group.members are 1 to 64 trunks");
    }
    std::set<std::string> names;
    for (const TrunkGroup::Member& member : group.members) {
        if (!names.insert(member.trunk).second) {
            return Invalid("the group names trunk " + member.trunk + " twice");
        }
        if (member.weight == 0 || member.weight > kLargestWeight) {
            return Invalid("the weight of trunk " + member.trunk + " is 1 to 1000");
        }
    }
    if (group.rules.size() > kMostRules) {
        return Invalid("group.rules are at most 500");
    }
    std::set<std::string> prefixes;
    for (const DialRule& rule : group.rules) {
        if (!IsDialString(rule.prefix)) {
            return Invalid("a rule's prefix has up to 32 of 0-9 + * #, not " + rule.prefix);
        }
        if (!prefixes.insert(rule.prefix).second) {
            return Invalid("the group has two rules for the prefix '" + rule.prefix + "'");
        }
    }
    return {};
}

std::string CallerNumberFor(const LineSettings& line, const std::string& wanted) {
    const std::string number = Rewrite(line.caller_rewrites, wanted);
    const auto& allowed = line.caller_numbers;
    if (allowed.empty() || std::find(allowed.begin(), allowed.end(), number) != allowed.end()) {
        return number;
    }
    return allowed.front();
}

}  // namespace trunkline::trunk

// Longest prefix, then its limits.
#include "trunk/domain/dial_guard.hpp"

namespace trunkline::trunk {
namespace {

constexpr Duration kMinute = std::chrono::minutes(1);
constexpr Duration kDay = std::chrono::hours(24);

const DialRule* RuleFor(const TrunkGroup& group, const std::string& number) {
    const DialRule* best = nullptr;
    for (const DialRule& rule : group.rules) {
        if (number.starts_with(rule.prefix) && (best == nullptr || rule.prefix.size() > best->prefix.size())) {
            best = &rule;
        }
    }
    return best;
}

Error OverLimit(const TrunkGroup& group, const DialRule& rule, const char* what) {
    return {Code::kResourceExhausted, "DIAL_LIMIT",
            "group " + group.name + " has reached the " + what + " of its rule for '" + rule.prefix + "'"};
}

}  // namespace

void DialGuard::Window::Add(Duration length, SteadyTime now) {
    if (now - began >= length) {
        began = now;
        count = 0;
    }
    ++count;
}

Result<DialGuard::Ticket> DialGuard::Admit(const TrunkGroup& group, const std::string& number, SteadyTime now) {
    const DialRule* rule = RuleFor(group, number);
    if (rule == nullptr || !rule->allowed) {
        return Error{Code::kPermissionDenied, "NUMBER_NOT_ALLOWED",
                     "group " + group.name + " may not dial this number; " +
                         (rule == nullptr ? "no rule fits it" : "its rule for '" + rule->prefix + "' forbids it")};
    }
    Counts& counts = counts_[{group.name, rule->prefix}];
    if (rule->live_calls > 0 && counts.live >= rule->live_calls) {
        return OverLimit(group, *rule, "live calls");
    }
    if (!counts.minute.HasRoom(rule->calls_per_minute, kMinute, now)) {
        return OverLimit(group, *rule, "calls per minute");
    }
    if (!counts.day.HasRoom(rule->calls_per_day, kDay, now)) {
        return OverLimit(group, *rule, "calls per day");
    }
    counts.minute.Add(kMinute, now);
    counts.day.Add(kDay, now);
    ++counts.live;
    return Ticket{group.name, rule->prefix, rule->longest_call};
}

void DialGuard::End(const Ticket& ticket) {
    const auto found = counts_.find({ticket.group, ticket.prefix});
    if (found != counts_.end() && found->second.live > 0) {
        --found->second.live;
    }
}

}  // namespace trunkline::trunk

// Which rule fits.
#include "acd/domain/overflow.hpp"

#include <algorithm>
#include <array>

namespace trunkline::acd {
namespace {

using When = OverflowWhen;

constexpr size_t kMostRules = 20;
constexpr size_t kLongestTarget = 128;
constexpr uint64_t kHundred = 100;

Duration LimitOf(const OverflowRule& rule) { return std::chrono::seconds(rule.limit); }

bool FitsAll(const OverflowRule& rule, const QueueView& view) {
    switch (rule.when) {
        case When::kNobodyLoggedIn:
            return view.logged_in == 0;
        case When::kClosed:
            return view.hours == Hours::kClosed;
        case When::kHoliday:
            return view.hours == Hours::kHoliday;
        default:
            return false;
    }
}

bool FitsNewcomer(const OverflowRule& rule, const QueueView& view) {
    switch (rule.when) {
        case When::kLength:
            return view.ready == 0 && view.waiting >= rule.limit;
        case When::kExpectedWait:
            return view.expected_wait >= LimitOf(rule) && view.ready == 0;
        case When::kRatio:
            return view.ready == 0 && view.waiting * kHundred >= uint64_t{rule.limit} * view.logged_in;
        case When::kNobodyReady:
            return view.ready == 0;
        default:
            return FitsAll(rule, view);
    }
}

template <class Fits>
const OverflowRule* First(const std::vector<OverflowRule>& rules, Fits fits) {
    const auto found = std::find_if(rules.begin(), rules.end(), fits);
    return found == rules.end() ? nullptr : &*found;
}

}  // namespace

const OverflowRule* RuleOnEntry(const std::vector<OverflowRule>& rules, const QueueView& view) {
    return First(rules, [&](const OverflowRule& rule) { return FitsNewcomer(rule, view); });
}

const OverflowRule* RuleForAll(const std::vector<OverflowRule>& rules, const QueueView& view) {
    return First(rules, [&](const OverflowRule& rule) { return FitsAll(rule, view); });
}

const OverflowRule* RuleByWait(const std::vector<OverflowRule>& rules, Duration waited) {
    return First(rules,
                 [&](const OverflowRule& rule) { return rule.when == When::kWaited && waited >= LimitOf(rule); });
}

Duration NextRuleAfter(const std::vector<OverflowRule>& rules, Duration waited) {
    Duration next{-1};
    for (const OverflowRule& rule : rules) {
        const bool later = rule.when == When::kWaited && LimitOf(rule) > waited;
        next = later && (next < Duration::zero() || LimitOf(rule) < next) ? LimitOf(rule) : next;
    }
    return next;
}

Status Validate(const std::vector<OverflowRule>& rules, const std::string& queue) {
    const auto invalid = [](const std::string& text) { return Error{Code::kInvalidArgument, "INVALID_QUEUE", text}; };
    if (rules.size() > kMostRules) {
        return invalid("overflow_rules must be at most " + std::to_string(kMostRules));
    }
    for (const OverflowRule& rule : rules) {
        const bool needs_limit = rule.when == When::kExpectedWait || rule.when == When::kWaited;
        if (needs_limit && (rule.limit == 0 || rule.limit > 24 * 3600)) {
            return invalid("overflow_rules.limit must be 1 to 86400 seconds for WAITED and EXPECTED_WAIT");
        }
        if (rule.to != OverflowTo::kHangUp && (rule.target.empty() || rule.target.size() > kLongestTarget)) {
            return invalid("overflow_rules.target must name the queue, flow, mailbox or number");
        }
        if (rule.to == OverflowTo::kQueue && rule.target == queue) {
            return invalid("overflow_rules.target must be another queue");
        }
    }
    return {};
}

std::string_view ToText(OverflowWhen when) {
    static constexpr std::array<std::string_view, 8> kTexts{"LENGTH",       "EXPECTED_WAIT",    "WAITED", "RATIO",
                                                            "NOBODY_READY", "NOBODY_LOGGED_IN", "CLOSED", "HOLIDAY"};
    return kTexts[static_cast<size_t>(when)];
}

std::string_view ToText(OverflowTo to) {
    static constexpr std::array<std::string_view, 5> kTexts{"QUEUE", "FLOW", "VOICEMAIL", "NUMBER", "HANG_UP"};
    return kTexts[static_cast<size_t>(to)];
}

}  // namespace trunkline::acd

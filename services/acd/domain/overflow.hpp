// Rules by which a contact leaves its queue for somewhere else.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "clock/clock.hpp"
#include "result/result.hpp"

namespace trunkline::acd {

// Length, expected wait, ratio and nobody ready are looked at when a contact comes; the others also while it waits.
enum class OverflowWhen {
    kLength,        // limit: contacts that wait already
    kExpectedWait,  // limit: seconds
    kWaited,        // limit: seconds
    kRatio,         // limit: waiting contacts for a hundred agents logged in
    kNobodyReady,
    kNobodyLoggedIn,
    kClosed,
    kHoliday,
};
enum class OverflowTo { kQueue, kFlow, kVoicemail, kNumber, kHangUp };

struct OverflowRule {
    OverflowWhen when = OverflowWhen::kWaited;
    uint32_t limit = 0;
    OverflowTo to = OverflowTo::kQueue;
    std::string target{};        // queue, flow, mailbox or number
    std::string announcement{};  // spoken before a hang-up
};

// Whether the queue works now; told from outside, because the router knows no calendar.
enum class Hours { kOpen, kClosed, kHoliday };

// How a queue stands when a contact comes.
struct QueueView {
    size_t waiting = 0;
    size_t ready = 0;
    size_t logged_in = 0;
    Hours hours = Hours::kOpen;
    Duration expected_wait{-1};  // negative: not enough data
};

// The first rule that sends a newcomer on; null when none does.
const OverflowRule* RuleOnEntry(const std::vector<OverflowRule>& rules, const QueueView& view);
// The first rule that sends everybody who waits on.
const OverflowRule* RuleForAll(const std::vector<OverflowRule>& rules, const QueueView& view);
// The first rule that is due after a wait; null when there is none.
const OverflowRule* RuleByWait(const std::vector<OverflowRule>& rules, Duration waited);
// When the next rule by wait is due, counted from the entry; negative when none is.
Duration NextRuleAfter(const std::vector<OverflowRule>& rules, Duration waited);

// INVALID_ARGUMENT naming the field, or success.
Status Validate(const std::vector<OverflowRule>& rules, const std::string& queue);

std::string_view ToText(OverflowWhen when);
std::string_view ToText(OverflowTo to);

}  // namespace trunkline::acd

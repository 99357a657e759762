// What may be set for a medium.
#include "acd/domain/medium.hpp"

#include "acd/domain/queue.hpp"

namespace trunkline::acd {
namespace {

Error Invalid(const std::string& text) { return {Code::kInvalidArgument, "INVALID_MEDIUM", text}; }

bool IsLimit(Duration time) { return time >= Duration::zero() && time <= std::chrono::hours(24); }

}  // namespace

Status Validate(const Medium& medium) {
    if (!IsWord(medium.word)) {
        return Invalid("medium must be one word of letters, digits, '.', '_', '-'");
    }
    if (medium.slots > kMostSlots || (medium.telephone && medium.slots > 1)) {
        return Invalid("slots must be at most 100, and at most 1 for the telephone");
    }
    if (medium.labels.size() > kMostLabels) {
        return Invalid("labels may have at most 8 entries");
    }
    for (const auto& [label, slots] : medium.labels) {
        if (!IsWord(label) || slots > kMostSlots) {
            return Invalid("labels[" + label + "] must be a word with at most 100 slots");
        }
    }
    for (const auto& [other, most] : medium.interrupted_by) {
        if (!IsWord(other) || other == medium.word || most > kMostSlots) {
            return Invalid("interrupted_by[" + other + "] must name another medium, with at most 100 contacts");
        }
    }
    if (medium.time_to_accept <= Duration::zero() || !IsLimit(medium.time_to_accept)) {
        return Invalid("time_to_accept must be above 0 and at most 24 h");
    }
    if (!IsLimit(medium.wrap_up) || !IsLimit(medium.answer_limit)) {
        return Invalid("wrap_up and answer_limit must be between 0 and 24 h");
    }
    return {};
}

Status Validate(const std::vector<Capacity>& capacities) {
    if (capacities.size() > kMostCapacities) {
        return Error{Code::kInvalidArgument, "INVALID_AGENT", "capacities may have at most 64 entries"};
    }
    for (const Capacity& capacity : capacities) {
        if (!IsWord(capacity.medium) || capacity.slots > kMostSlots) {
            return Error{Code::kInvalidArgument, "INVALID_AGENT",
                         "capacities must name a medium each, with at most 100 slots"};
        }
    }
    return {};
}

}  // namespace trunkline::acd

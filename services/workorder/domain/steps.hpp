// Steps on an order: which there are, who may take them, what they change.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "workorder/domain/order.hpp"

namespace trunkline::workorder {

inline constexpr const char* kApproveRight = "workorder.orders.approve";

struct StepRequest {
    Step step{};
    std::string step_id;  // where a flow has several of one kind
    std::string text;
    uint64_t revision = 0;  // 0: whatever it is now
    Values fields;
    std::string branch;
    std::vector<std::string> helpers;
    std::vector<Attachment> attachments;
    int days = 0;
    std::optional<TimePoint> until;
    int source = 0;
    bool by_customer = false;
    std::string title;
    std::string description;
    Priority priority{};
    int score = 0;
    std::optional<TimePoint> done;  // when the person did it, offline
    std::string incident;           // RELATE
    std::string crew;               // SEND_CREW
};

// The order after a step. `other` is the second order of MERGE and RELATE, changed too. kAborted (ORDER_CHANGED) when
// somebody else was faster, with what he did from `recent` (the newest log entries, oldest first); kInvalidArgument
// when something is missing; kFailedPrecondition (STEP_NOT_ALLOWED, SUSPENDED, HELPERS_OPEN ...) when the order does
// not allow it; kPermissionDenied (NOT_YOUR_TURN, RIGHT_MISSING) when this caller may not.
struct StepInput {
    const Order& order;
    const StepRequest& request;
    const Who& who;
    const std::vector<LogEntry>& recent;
    const Order* other = nullptr;
};
struct StepOutcome {
    Change change;
    std::optional<Change> other;
};
Result<StepOutcome> TakeStep(const StepInput& input, const Rules& rules, TimePoint now);

// What time alone has brought: automatic steps, warnings, escalation of what is late, the end of a suspension.
Result<Change> Tick(const Order& order, const Rules& rules, TimePoint now);
// When Tick has something to do next; none while nothing runs.
std::optional<TimePoint> NextAlarm(const Order& order, const Rules& rules);

struct AvailableStep {
    const FlowStep* step;  // of the flow, or a standing one
    bool branch_required = false;
    bool order_required = false;
    bool days_required = false;
    bool crew_required = false;
    std::string blocked;  // why not; empty: allowed
};
// Every step that leaves the present state or stands in it, in the order people expect.
std::vector<AvailableStep> AvailableSteps(const Order& order, const Rules& rules, const Who& who);

}  // namespace trunkline::workorder

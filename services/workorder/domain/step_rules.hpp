// Finding a step and asking whether it may be taken; shared by taking one and by showing which there are.
#pragma once
#include <vector>

#include "workorder/domain/steps.hpp"

namespace trunkline::workorder {

// Is it one that leaves the state as it is, and that no flow declares?
bool IsStanding(const FlowStep& step);
// Of the flow from the present state, then the standing ones.
std::vector<const FlowStep*> StepsOf(const Order& order, const Flow& flow);
// STEP_NOT_ALLOWED when the state has no such step.
Result<const FlowStep*> FindStep(const Order& order, const Rules& rules, const StepRequest& request);
// May this caller take it now?
Status CheckStep(const FlowStep& step, const Order& order, const Rules& rules, const Who& who);
// What depends on the time: reopening is allowed for some days.
Status CheckTime(const FlowStep& step, const Order& order, const Rules& rules, TimePoint now);

}  // namespace trunkline::workorder

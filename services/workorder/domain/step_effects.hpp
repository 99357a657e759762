// What each kind of step changes beside state and clocks.
#pragma once
#include <string>

#include "workorder/domain/draft.hpp"
#include "workorder/domain/steps.hpp"

namespace trunkline::workorder {

// Returns the detail of the log entry. `other` is the second order of MERGE and RELATE, or null.
Result<std::string> ApplyEffect(Draft& draft, const FlowStep& step, const StepRequest& request, Draft* other);
// The step that closes an order together with its incident: from any open state to the first CLOSED one.
const FlowStep& ClosingStep(const Flow& flow);

}  // namespace trunkline::workorder

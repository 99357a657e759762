// Looking things up in a flow.
#include "workorder/domain/flow.hpp"

#include <algorithm>

namespace trunkline::workorder {

const FlowState* Flow::State(const std::string& state_id) const {
    const auto found =
        std::find_if(states.begin(), states.end(), [&](const FlowState& state) { return state.id == state_id; });
    return found == states.end() ? nullptr : &*found;
}

std::vector<const FlowStep*> Flow::From(const std::string& state_id) const {
    std::vector<const FlowStep*> leaving;
    for (const FlowStep& step : steps) {
        if (std::find(step.from.begin(), step.from.end(), state_id) != step.from.end()) {
            leaving.push_back(&step);
        }
    }
    return leaving;
}

const FlowStep* Flow::Entry(bool branch_given, const Values& values) const {
    const auto found = std::find_if(steps.begin(), steps.end(), [&](const FlowStep& step) {
        return step.step == Step::kCreate && Holds(step, branch_given, values);
    });
    return found == steps.end() ? nullptr : &*found;
}

bool Holds(const FlowStep& step, bool branch_given, const Values& values) {
    switch (step.when) {
        case When::kBranchGiven:
            return branch_given;
        case When::kFieldIs: {
            const auto value = values.find(step.when_field);
            return value != values.end() && value->second == step.when_value;
        }
        case When::kAlways:
            return true;
    }
    return true;
}

}  // namespace trunkline::workorder

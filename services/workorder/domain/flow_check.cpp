// Checking a flow before it is published: a walk over (state, was the customer answered).
#include <algorithm>
#include <map>
#include <set>

#include "workorder/domain/flow.hpp"

namespace trunkline::workorder {
namespace {

constexpr size_t kStateLimit = 60;
constexpr size_t kStepLimit = 300;

std::string Place(const char* list, size_t index, const char* member = "") {
    return std::string(list) + "[" + std::to_string(index) + "]" + member;
}

// After these the customer has to be answered anew.
bool Unanswers(Step step) { return step == Step::kSendBack || step == Step::kReturn || step == Step::kReopen; }

class Checker {
 public:
    Checker(const Flow& flow, const Fields* fields) : flow_(flow), fields_(fields) {}

    std::vector<Fault> Run() {
        CheckStates();
        for (size_t i = 0; i < flow_.steps.size(); ++i) {
            CheckStep(i, flow_.steps[i]);
        }
        CheckEntry();
        // The walks need sound references.
        if (faults_.empty()) {
            CheckReach();
            CheckEnds();
            CheckAnswers();
            CheckCircles();
        }
        return std::move(faults_);
    }

 private:
    void Tell(std::string place, std::string reason, std::string message) {
        faults_.push_back({std::move(place), std::move(reason), std::move(message)});
    }

    void CheckStates() {
        if (flow_.states.size() > kStateLimit || flow_.steps.size() > kStepLimit) {
            Tell("states", "TOO_MANY", "a flow has at most 60 states and 300 steps");
        }
        std::set<std::string> known;
        bool ends = false;
        for (size_t i = 0; i < flow_.states.size(); ++i) {
            const FlowState& state = flow_.states[i];
            if (state.id.empty() || state.name.empty() || state.phase == Phase::kNone ||
                state.phase == Phase::kMerged) {
                Tell(Place("states", i), "MISSING", "a state needs a state_id, a name and a phase (other than MERGED)");
            }
            if (!known.insert(state.id).second) {
                Tell(Place("states", i, ".state_id"), "TWICE", "there are two states " + state.id);
            }
            const bool final = IsFinal(state.phase);
            ends = ends || final;
            if (!final && state.owner == Owner::kNobody) {
                Tell(Place("states", i, ".owner"), "NO_OWNER", "it is nobody's turn in the open state " + state.id);
            }
            if (final && state.owner != Owner::kNobody) {
                Tell(Place("states", i, ".owner"), "OWNED_END",
                     "nobody may have the turn in the final state " + state.id);
            }
        }
        if (!ends) {
            Tell("states", "NO_END", "no state has the phase CLOSED or WITHDRAWN");
        }
    }

    void CheckStep(size_t i, const FlowStep& step) {
        if (step.id.empty() || step.name.empty() || step.step == Step::kNone) {
            Tell(Place("steps", i), "MISSING", "a step needs a step_id, a name and its kind");
        }
        const auto same = [&](const FlowStep& other) { return other.id == step.id; };
        if (std::find_if(flow_.steps.begin(), flow_.steps.end(), same) != flow_.steps.begin() + static_cast<long>(i)) {
            Tell(Place("steps", i, ".step_id"), "TWICE", "there are two steps " + step.id);
        }
        if (flow_.State(step.to) == nullptr) {
            Tell(Place("steps", i, ".to"), "UNKNOWN_STATE", "step " + step.id + " leads to no known state");
        }
        for (const std::string& from : step.from) {
            if (flow_.State(from) == nullptr) {
                Tell(Place("steps", i, ".from"), "UNKNOWN_STATE", "step " + step.id + " comes from no known state");
            } else if (IsFinal(flow_.State(from)->phase) && step.step != Step::kReopen) {
                Tell(Place("steps", i, ".from"), "OWNED_END", "only REOPEN may leave the final state " + from);
            }
        }
        if (step.from.empty() != (step.step == Step::kCreate)) {
            Tell(Place("steps", i, ".from"), "MISSING", "every step but CREATE, and only those, comes from a state");
        }
        CheckStepFields(i, step);
    }

    void CheckStepFields(size_t i, const FlowStep& step) {
        if (fields_ == nullptr) {
            return;
        }
        std::vector<std::string> named = step.required_fields;
        if (step.when == When::kFieldIs) {
            named.push_back(step.when_field);
        }
        for (const std::string& field : named) {
            if (std::none_of(fields_->begin(), fields_->end(), [&](const Field& known) { return known.id == field; })) {
                Tell(Place("steps", i, ".required_fields"), "UNKNOWN_FIELD",
                     "step " + step.id + " needs the field " + field + ", which the form has not");
            }
        }
    }

    // Whatever an order brings, one CREATE step takes it.
    void CheckEntry() {
        if (std::none_of(flow_.steps.begin(), flow_.steps.end(), [](const FlowStep& step) {
                return step.step == Step::kCreate && step.when == When::kAlways;
            })) {
            Tell("steps", "NO_ENTRY", "one CREATE step must have no condition");
        }
    }

    std::set<std::string> Reachable(bool with_reopening) const {
        std::set<std::string> reached;
        std::vector<std::string> open;
        const auto reach = [&](const std::string& state) {
            if (reached.insert(state).second) {
                open.push_back(state);
            }
        };
        for (const FlowStep& step : flow_.steps) {
            if (step.step == Step::kCreate) {
                reach(step.to);
            }
        }
        while (!open.empty()) {
            const std::string state = open.back();
            open.pop_back();
            for (const FlowStep* step : flow_.From(state)) {
                if (with_reopening || step->step != Step::kReopen) {
                    reach(step->to);
                }
            }
        }
        return reached;
    }

    void CheckReach() {
        const auto reached = Reachable(true);
        for (size_t i = 0; i < flow_.states.size(); ++i) {
            if (!reached.contains(flow_.states[i].id)) {
                Tell(Place("states", i), "ORPHAN_STATE", "no way leads to the state " + flow_.states[i].id);
            }
        }
    }

    // A condition may never come true, so only steps without one count as a way on.
    void CheckEnds() {
        std::set<std::string> ending;
        for (const FlowState& state : flow_.states) {
            if (IsFinal(state.phase)) {
                ending.insert(state.id);
            }
        }
        for (bool grown = true; grown;) {
            grown = false;
            for (const FlowStep& step : flow_.steps) {
                if (step.when != When::kAlways || step.step == Step::kReopen || !ending.contains(step.to)) {
                    continue;
                }
                for (const std::string& from : step.from) {
                    grown = ending.insert(from).second || grown;
                }
            }
        }
        for (size_t i = 0; i < flow_.states.size(); ++i) {
            if (!ending.contains(flow_.states[i].id)) {
                Tell(Place("states", i), "DEAD_END",
                     "no sure way leads from the state " + flow_.states[i].id + " to the end");
            }
        }
    }

    void CheckAnswers() {
        std::set<std::pair<std::string, bool>> seen;
        std::vector<std::pair<std::string, bool>> open;
        const auto walk = [&](const FlowStep& step, bool answered) {
            const bool now = step.answers_customer || (answered && !Unanswers(step.step));
            if (!now && IsFinal(flow_.State(step.to)->phase)) {
                const size_t i = static_cast<size_t>(&step - flow_.steps.data());
                const std::string place = Place("steps", i);
                if (std::none_of(faults_.begin(), faults_.end(),
                                 [&](const Fault& fault) { return fault.place == place; })) {
                    Tell(place, "NO_ANSWER", "step " + step.id + " can end an order whose customer was not answered");
                }
            }
            if (seen.insert({step.to, now}).second) {
                open.emplace_back(step.to, now);
            }
        };
        for (const FlowStep& step : flow_.steps) {
            if (step.step == Step::kCreate) {
                walk(step, false);
            }
        }
        while (!open.empty()) {
            const auto [state, answered] = open.back();
            open.pop_back();
            for (const FlowStep* step : flow_.From(state)) {
                walk(*step, answered);
            }
        }
    }

    // Steps at once, followed from each state for as many steps as there are states.
    void CheckCircles() {
        for (size_t i = 0; i < flow_.states.size(); ++i) {
            std::set<std::string> level{flow_.states[i].id};
            for (size_t depth = 0; depth <= flow_.states.size() && !level.empty(); ++depth) {
                std::set<std::string> next;
                for (const std::string& state : level) {
                    for (const FlowStep* step : flow_.From(state)) {
                        if (step->by == By::kSystem && step->after_minutes == 0) {
                            next.insert(step->to);
                        }
                    }
                }
                level = std::move(next);
            }
            if (!level.empty()) {
                Tell(Place("states", i), "ENDLESS",
                     "automatic steps lead from " + flow_.states[i].id + " round in a circle");
            }
        }
    }

    const Flow& flow_;
    const Fields* fields_;
    std::vector<Fault> faults_;
};

}  // namespace

std::vector<Fault> CheckFlow(const Flow& flow, const Fields* fields) { return Checker(flow, fields).Run(); }

}  // namespace trunkline::workorder

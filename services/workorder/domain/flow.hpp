// The way of an order as data: states, and who may take which step from where to where.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "workorder/domain/form.hpp"
#include "workorder/domain/vocabulary.hpp"

namespace trunkline::workorder {

enum class Owner { kCentre = 1, kBranch = 2, kNobody = 3 };
enum class By { kOwner = 1, kCentre = 2, kAnyone = 3, kSystem = 4 };
enum class When { kAlways = 0, kBranchGiven = 1, kFieldIs = 2 };

struct FlowState {
    std::string id;
    std::string name;
    Phase phase{};
    Owner owner = Owner::kCentre;
};

struct FlowStep {
    std::string id;
    std::string name;
    Step step{};
    std::vector<std::string> from;  // empty for CREATE
    std::string to;                 // empty: the state stays (standing steps only)
    By by = By::kOwner;
    std::string right;
    bool text_required = false;
    std::vector<std::string> required_fields;
    bool answers_customer = false;
    When when = When::kAlways;
    std::string when_field;
    std::string when_value;
    int after_minutes = 0;  // of automatic steps, working time
    bool waits_for_helpers = false;
    std::vector<ClockKind> stops;
    std::vector<ClockKind> starts;
};

struct Flow {
    std::string id;
    int version = 0;
    std::vector<FlowState> states;
    std::vector<FlowStep> steps;

    // nullptr when there is none.
    const FlowState* State(const std::string& state_id) const;
    // Every step that leaves a state.
    std::vector<const FlowStep*> From(const std::string& state_id) const;
    // The first CREATE step whose condition holds.
    const FlowStep* Entry(bool branch_given, const Values& values) const;
};

// Does the condition of a step hold?
bool Holds(const FlowStep& step, bool branch_given, const Values& values);

// Everything that keeps a flow from being published, each with its place:
//   MISSING, TWICE, UNKNOWN_STATE, UNKNOWN_FIELD    the data itself
//   NO_ENTRY, NO_END         no way in for every order, or no final state
//   ORPHAN_STATE             cannot be reached
//   DEAD_END                 no way from here to a final state that a person or the flow itself can take
//   NO_ANSWER                some way ends although the customer was not told the result
//   ENDLESS                  automatic steps at once that lead in a circle
//   NO_OWNER, OWNED_END      an open state that is nobody's turn, a final one that is somebody's
// `fields` is the form of the type that uses the flow; none: fields are not looked at.
std::vector<Fault> CheckFlow(const Flow& flow, const Fields* fields = nullptr);

}  // namespace trunkline::workorder

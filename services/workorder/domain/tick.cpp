// What time alone brings.
#include <algorithm>

#include "workorder/domain/draft.hpp"
#include "workorder/domain/steps.hpp"

namespace trunkline::workorder {
namespace {

const std::vector<int>& Percents(const TypeDefinition& type) {
    static const std::vector<int> kUsual{50, 80, 100};
    return type.warn_percents.empty() ? kUsual : type.warn_percents;
}

FlowStep SystemStep(Step step, const char* id, const char* name) {
    FlowStep made;
    made.id = id;
    made.name = name;
    made.step = step;
    made.by = By::kSystem;
    return made;
}

void WarnOf(Draft& draft, OrderClock& clock) {
    const int percent = Percent(clock, draft.rules().calendar, draft.now());
    bool late = false;
    for (const int warn : Percents(draft.rules().type)) {
        const bool warned = std::find(clock.warned.begin(), clock.warned.end(), warn) != clock.warned.end();
        if (clock.Runs() && !warned && percent >= warn) {
            clock.warned.push_back(warn);
            draft.news().warnings.push_back({clock.kind, warn, clock.due});
            late = late || warn == 100;
        }
    }
    if (late) {
        draft.Escalate("late");
        draft.Log(SystemStep(Step::kEscalate, "late", "超时升级"), "", draft.order().escalated_to);
    }
}

void Soonest(std::optional<TimePoint>& soonest, std::optional<TimePoint> time) {
    if (time && (!soonest || *time < *soonest)) {
        soonest = time;
    }
}

}  // namespace

Result<Change> Tick(const Order& order, const Rules& rules, TimePoint now) {
    Draft draft(order, rules, Who{kSystem, "", {}, true}, now);
    if (order.suspended && order.suspended_until && *order.suspended_until <= now) {
        if (Status resumed = draft.Resume(); !resumed.ok()) {
            return resumed.error();
        }
        draft.Log(SystemStep(Step::kResume, "resume", "挂起到期恢复"), "",
                  "due " + LocalTime(draft.order().Due(), rules.calendar));
    }
    if (draft.order().IsOpen()) {
        for (size_t i = 0; i < draft.order().clocks.size(); ++i) {
            WarnOf(draft, draft.order().clocks[i]);
        }
    }
    if (Status taken = draft.RunAutomaticSteps(); !taken.ok()) {
        return taken.error();
    }
    return std::move(draft).Take();
}

std::optional<TimePoint> NextAlarm(const Order& order, const Rules& rules) {
    std::optional<TimePoint> soonest;
    if (!order.IsOpen()) {
        return soonest;
    }
    if (order.suspended) {
        return order.suspended_until;
    }
    for (const OrderClock& clock : order.clocks) {
        Soonest(soonest, NextWarning(clock, rules.calendar, Percents(rules.type)));
    }
    for (const FlowStep* step : rules.flow.From(order.state_id)) {
        if (step->by == By::kSystem && Holds(*step, !order.branch.empty(), order.fields)) {
            if (const auto time = AutomaticTime(*step, order, rules.calendar); time.ok()) {
                Soonest(soonest, *time);
            }
        }
    }
    return soonest;
}

}  // namespace trunkline::workorder

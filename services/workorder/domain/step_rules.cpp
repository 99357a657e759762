// Which steps there are for an order, and who may take them.
#include <algorithm>

#include "workorder/domain/draft.hpp"
#include "workorder/domain/step_rules.hpp"

namespace trunkline::workorder {
namespace {

FlowStep Standing(Step step, const char* name, By by, bool text_required, const char* right = "") {
    FlowStep standing;
    std::string id = Name(step);
    std::transform(id.begin(), id.end(), id.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    standing.id = id;
    standing.name = name;
    standing.step = step;
    standing.by = by;
    standing.text_required = text_required;
    standing.right = right;
    return standing;
}

// In every open state, whatever the flow says; RATE once it is closed.
const std::vector<FlowStep>& StandingSteps() {
    static const std::vector<FlowStep> kSteps{
        Standing(Step::kHandle, "处理进展", By::kOwner, true),
        Standing(Step::kNote, "备注", By::kAnyone, true),
        Standing(Step::kAnswer, "答复客户", By::kOwner, true),
        Standing(Step::kUrge, "催办", By::kAnyone, false),
        Standing(Step::kHandOver, "会办", By::kOwner, true),
        Standing(Step::kAssist, "会办答复", By::kAnyone, true),
        Standing(Step::kSendCrew, "派外勤", By::kOwner, false),
        Standing(Step::kAskExtension, "申请延期", By::kOwner, true),
        Standing(Step::kAskSuspension, "申请挂起", By::kOwner, true),
        Standing(Step::kGrant, "同意", By::kCentre, false, kApproveRight),
        Standing(Step::kDeny, "不同意", By::kCentre, true, kApproveRight),
        Standing(Step::kResume, "恢复", By::kOwner, false),
        Standing(Step::kEscalate, "升级", By::kOwner, true),
        Standing(Step::kRelate, "关联", By::kAnyone, false),
        Standing(Step::kMerge, "合并", By::kCentre, false),
        Standing(Step::kEdit, "更正", By::kOwner, false),
        Standing(Step::kRate, "满意度", By::kAnyone, false),
    };
    return kSteps;
}

bool HasOpenAssist(const Order& order, const std::string& unit) {
    return std::any_of(order.assists.begin(), order.assists.end(),
                       [&](const Assist& assist) { return !assist.done && (unit.empty() || assist.unit == unit); });
}

Error NotAllowed(std::string reason, std::string message) {
    return {Code::kFailedPrecondition, std::move(reason), std::move(message)};
}

Status CheckStanding(const FlowStep& step, const Order& order, const Rules& rules, const Who& who) {
    const bool petition = order.petition.has_value();
    switch (step.step) {
        case Step::kAskExtension:
        case Step::kAskSuspension:
            if (petition || order.suspended) {
                return NotAllowed("PETITION_OPEN", petition ? "another request waits for a decision"
                                                            : "the order is suspended; resume it first");
            }
            return {};
        case Step::kGrant:
        case Step::kDeny:
            return petition ? Status{} : NotAllowed("NO_PETITION", "nobody has asked for an extension or suspension");
        case Step::kResume:
            return order.suspended ? Status{} : NotAllowed("NOT_SUSPENDED", "the order is not suspended");
        case Step::kAssist:
            return HasOpenAssist(order, who.trusted ? "" : who.Unit())
                       ? Status{}
                       : NotAllowed("NO_ASSIST", "this unit was not asked to help");
        case Step::kSendCrew:
            return rules.units.HasCrew(order.owner) ? Status{}
                                                    : NotAllowed("NO_CREW", "this unit has no crew on the road");
        case Step::kRate:
            return order.phase == Phase::kClosed ? Status{}
                                                 : NotAllowed("NOT_CLOSED", "only a closed order can be rated");
        default:
            return {};
    }
}

Status CheckTurn(const FlowStep& step, const Order& order, const Rules& rules, const Who& who) {
    if (!who.May(step.right)) {
        return Error{Code::kPermissionDenied, "RIGHT_MISSING", step.name + " needs the right " + step.right};
    }
    if (who.trusted || step.by == By::kAnyone) {
        return {};
    }
    if (step.by == By::kSystem) {
        return Error{Code::kPermissionDenied, "AUTOMATIC", step.name + " is taken by the flow itself"};
    }
    const std::string turn = step.by == By::kCentre ? kCentre : order.owner;
    if (!turn.empty() && !rules.units.IsWithin(turn, who.Unit())) {
        return Error{Code::kPermissionDenied, "NOT_YOUR_TURN",
                     step.name + " is for " + rules.units.NameOf(turn) + ", not for " + rules.units.NameOf(who.Unit())};
    }
    return {};
}

Status CheckReopening(const Order& order, const Rules& rules, TimePoint now) {
    const int days = rules.type.reopen_days == 0 ? 30 : rules.type.reopen_days;
    if (order.closed && now - *order.closed > std::chrono::days{days}) {
        return NotAllowed("TOO_LATE", "an order can be reopened for " + std::to_string(days) +
                                          " days after closing; create a new one and relate it");
    }
    return {};
}

}  // namespace

bool IsStanding(const FlowStep& step) { return step.to.empty(); }

std::vector<const FlowStep*> StepsOf(const Order& order, const Flow& flow) {
    std::vector<const FlowStep*> steps = flow.From(order.state_id);
    for (const FlowStep& step : StandingSteps()) {
        const bool rating = step.step == Step::kRate;
        if (rating ? order.phase == Phase::kClosed : order.IsOpen()) {
            steps.push_back(&step);
        }
    }
    return steps;
}

Result<const FlowStep*> FindStep(const Order& order, const Rules& rules, const StepRequest& request) {
    const FlowStep* found = nullptr;
    for (const FlowStep* step : StepsOf(order, rules.flow)) {
        const bool wanted = request.step_id.empty() ? step->step == request.step : step->id == request.step_id;
        if (wanted && step->by != By::kSystem && Holds(*step, !order.branch.empty(), order.fields)) {
            found = step;
            break;
        }
    }
    if (found == nullptr) {
        return NotAllowed("STEP_NOT_ALLOWED",
                          "step " + (request.step_id.empty() ? std::string(Name(request.step)) : request.step_id) +
                              " is not allowed while the order is " + order.state_id + " (" + Name(order.phase) + ")");
    }
    return found;
}

Status CheckStep(const FlowStep& step, const Order& order, const Rules& rules, const Who& who) {
    if (Status turn = CheckTurn(step, order, rules, who); !turn.ok()) {
        return turn;
    }
    if (IsStanding(step)) {
        return CheckStanding(step, order, rules, who);
    }
    if (order.suspended) {
        return NotAllowed("SUSPENDED", "the order is suspended; resume it first");
    }
    if (step.waits_for_helpers && HasOpenAssist(order, "")) {
        return NotAllowed("HELPERS_OPEN", "departments that were asked to help have not answered yet");
    }
    return {};
}

Status CheckTime(const FlowStep& step, const Order& order, const Rules& rules, TimePoint now) {
    return step.step == Step::kReopen ? CheckReopening(order, rules, now) : Status{};
}

std::vector<AvailableStep> AvailableSteps(const Order& order, const Rules& rules, const Who& who) {
    std::vector<AvailableStep> available;
    for (const FlowStep* step : StepsOf(order, rules.flow)) {
        if (step->by == By::kSystem || !Holds(*step, !order.branch.empty(), order.fields)) {
            continue;
        }
        AvailableStep entry{step, false, false, false, false, ""};
        entry.branch_required = step->step == Step::kDispatch || step->step == Step::kForward;
        entry.order_required = step->step == Step::kMerge || step->step == Step::kRelate;
        entry.days_required = step->step == Step::kAskExtension;
        entry.crew_required = step->step == Step::kSendCrew;
        if (Status allowed = CheckStep(*step, order, rules, who); !allowed.ok()) {
            entry.blocked = allowed.error().message;
        }
        available.push_back(entry);
    }
    return available;
}

}  // namespace trunkline::workorder

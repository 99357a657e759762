// The effects, one function each.
#include "workorder/domain/step_effects.hpp"

#include <algorithm>

namespace trunkline::workorder {
namespace {

using Detail = Result<std::string>;

Error Missing(std::string message) { return {Code::kInvalidArgument, "FIELD_MISSING", std::move(message)}; }

Status CheckUnit(const std::string& unit, const Organisation& units) {
    const Unit* found = units.Find(unit);
    if (found == nullptr || found->retired) {
        return Error{Code::kInvalidArgument, "UNKNOWN_UNIT",
                     "there is no unit '" + unit + "' that takes orders; ListUnits names them"};
    }
    return {};
}

Detail AskHelpers(Draft& draft, const StepRequest& request) {
    Order& order = draft.order();
    std::string detail;
    if (order.assists.size() + request.helpers.size() > kAssistLimit) {
        return Error{Code::kInvalidArgument, "TOO_MANY_HELPERS", "at most 20 departments help with one order"};
    }
    for (const std::string& unit : request.helpers) {
        if (Status known = CheckUnit(unit, draft.rules().units); !known.ok()) {
            return known.error();
        }
        const bool asked = std::any_of(order.assists.begin(), order.assists.end(),
                                       [&](const Assist& assist) { return assist.unit == unit && !assist.done; });
        if (unit == order.branch || asked) {
            return Error{Code::kInvalidArgument, "ALREADY_ASKED", unit + " has this order already"};
        }
        order.assists.push_back({unit, request.text, "", "", draft.now(), std::nullopt});
        detail += (detail.empty() ? "" : ", ") + unit;
    }
    return detail;
}

// A new branch answers for it; departments that help stay.
Detail GiveTo(Draft& draft, const StepRequest& request) {
    Order& order = draft.order();
    if (Status known = CheckUnit(request.branch, draft.rules().units); !known.ok()) {
        return known.error();
    }
    const std::string detail = (order.branch.empty() ? kCentre : order.branch) + " → " + request.branch;
    order.branch = request.branch;
    order.handler.clear();
    order.crew.clear();
    const auto helpers = AskHelpers(draft, request);
    if (!helpers.ok()) {
        return helpers;
    }
    return helpers->empty() ? detail : detail + "; " + *helpers;
}

Detail HandOver(Draft& draft, const StepRequest& request) {
    if (request.helpers.empty()) {
        return Missing("helpers must name the departments that are to help");
    }
    return AskHelpers(draft, request);
}

Detail AnswerAssist(Draft& draft, const StepRequest& request) {
    const std::string unit =
        draft.who().trusted ? (request.helpers.empty() ? "" : request.helpers[0]) : draft.who().Unit();
    for (Assist& assist : draft.order().assists) {
        if (!assist.done && (assist.unit == unit || unit.empty())) {
            assist.answer = request.text;
            assist.actor = draft.who().actor;
            assist.done = draft.now();
            return assist.unit;
        }
    }
    return Error{Code::kFailedPrecondition, "NO_ASSIST", "unit " + unit + " was not asked to help"};
}

Detail Ask(Draft& draft, const StepRequest& request) {
    Petition petition{request.step, draft.who().actor, request.text, draft.now(), request.days, request.until};
    const std::string reason = "must be given, from 1 to 365";
    if (request.step == Step::kAskExtension && (request.days < 1 || request.days > 365)) {
        return Missing("working_days " + reason);
    }
    if (request.step == Step::kAskSuspension &&
        (!request.until || *request.until <= draft.now() || *request.until > draft.now() + std::chrono::days{366})) {
        return Missing("until_time must be given, at most a year ahead");
    }
    draft.order().petition = petition;
    return request.step == Step::kAskExtension ? std::to_string(request.days) + "d"
                                               : LocalTime(*request.until, draft.rules().calendar);
}

Detail Grant(Draft& draft) {
    Order& order = draft.order();
    const Petition petition = *order.petition;
    order.petition.reset();
    const auto& calendar = draft.rules().calendar;
    if (petition.step == Step::kAskSuspension) {
        draft.Suspend(petition.until);
        return "until " + LocalTime(*petition.until, calendar);
    }
    for (OrderClock& clock : order.clocks) {
        const bool extended = clock.kind == ClockKind::kTotal || clock.kind == ClockKind::kHandling;
        if (extended && !clock.stop) {
            if (Status moved = Extend(clock, calendar, petition.days, draft.now()); !moved.ok()) {
                return moved.error();
            }
        }
    }
    return "due " + LocalTime(order.Due(), calendar);
}

// Was the customer's last urging so short ago that this one is the same?
bool IsQuiet(const Order& order, const UrgingRule& rule, TimePoint now) {
    return std::any_of(order.urgings.begin(), order.urgings.end(), [&](const Urging& urging) {
        return urging.by_customer && now - urging.time < std::chrono::minutes{rule.quiet_minutes};
    });
}

Detail Urge(Draft& draft, const StepRequest& request) {
    Order& order = draft.order();
    const UrgingRule& rule = draft.rules().type.urging;
    Urging urging;
    urging.actor = draft.who().actor;
    urging.by_customer = request.by_customer;
    urging.source = request.source;
    urging.text = request.text;
    urging.time = draft.now();
    urging.priority_before = order.priority;
    urging.due_before = order.Due();
    const bool counts = !request.by_customer || !IsQuiet(order, rule, draft.now());
    order.urge_count += counts ? 1 : 0;
    urging.number = order.urge_count;
    if (counts && rule.raise_priority_every > 0 && order.urge_count % rule.raise_priority_every == 0 &&
        order.priority < Priority::kCritical) {
        order.priority = static_cast<Priority>(static_cast<int>(order.priority) + 1);
    }
    if (counts && rule.shorten_percent > 0) {
        for (OrderClock& clock : order.clocks) {
            if (Status moved = Shorten(clock, draft.rules().calendar, rule.shorten_percent, draft.now()); !moved.ok()) {
                return moved.error();
            }
        }
    }
    if (counts && rule.escalate_from > 0 && order.urge_count >= rule.escalate_from) {
        draft.Escalate("urged " + std::to_string(order.urge_count) + " times");
        urging.escalated = true;
    }
    urging.priority_after = order.priority;
    urging.due_after = order.Due();
    if (order.urgings.size() >= kUrgingLimit) {
        order.urgings.erase(order.urgings.begin());
    }
    order.urgings.push_back(urging);
    draft.news().urgings.push_back(urging);
    return "#" + std::to_string(order.urge_count) + (counts ? "" : " (again)");
}

Detail Edit(Draft& draft, const StepRequest& request) {
    Order& order = draft.order();
    std::string detail;
    const auto name = [&](const std::string& changed) { detail += (detail.empty() ? "" : ", ") + changed; };
    if (!request.title.empty() && request.title != order.title) {
        order.title = request.title;
        name("title");
    }
    if (!request.description.empty() && request.description != order.description) {
        order.description = request.description;
        name("description");
    }
    if (request.priority != Priority::kNone && request.priority != order.priority) {
        order.priority = request.priority;
        name("priority");
    }
    for (const auto& [field, value] : request.fields) {
        name(field);
    }
    if (detail.empty()) {
        return Missing("title, description, priority or fields must bring something new");
    }
    return detail;
}

Status CheckOther(const Draft& draft, const Draft* other) {
    if (other == nullptr || other->order().id == draft.order().id) {
        return Missing("other_order_id must name another order");
    }
    return {};
}

FlowStep Echo(const FlowStep& step, const char* id) {
    FlowStep echo = step;
    echo.id = id;
    return echo;
}

// This order ends in the other one, whose answers its customer gets.
Detail Merge(Draft& draft, const FlowStep& step, Draft* other) {
    if (Status sound = CheckOther(draft, other); !sound.ok()) {
        return sound.error();
    }
    Order& order = draft.order();
    Order& main = other->order();
    if (!main.IsOpen()) {
        return Error{Code::kFailedPrecondition, "ORDER_CLOSED",
                     "order " + main.number + " is closed; relate them instead"};
    }
    order.merged_into = main.id.str();
    main.merged.push_back(order.id.str());
    main.followers.push_back(
        {order.id.str(), order.number, order.notice_medium, order.notice_address, order.notice_ways});
    main.followers.insert(main.followers.end(), order.followers.begin(), order.followers.end());
    other->Log(Echo(step, "merged_from"), "", order.number);
    draft.Enter({"merged", "已合并", Phase::kMerged, Owner::kNobody});
    return main.number;
}

Detail Relate(Draft& draft, const FlowStep& step, const StepRequest& request, Draft* other) {
    Order& order = draft.order();
    if (!request.incident.empty()) {
        order.incident = request.incident == "-" ? "" : request.incident;
        return "incident " + request.incident;
    }
    if (Status sound = CheckOther(draft, other); !sound.ok()) {
        return sound.error();
    }
    const auto link = [](Order& from, const Order& to) {
        if (std::find(from.related.begin(), from.related.end(), to.id.str()) == from.related.end()) {
            from.related.push_back(to.id.str());
        }
    };
    link(order, other->order());
    link(other->order(), order);
    other->Log(step, "", order.number);
    return other->order().number;
}

Detail Resume(Draft& draft) {
    const Status resumed = draft.Resume();
    return resumed.ok() ? Detail("due " + LocalTime(draft.order().Due(), draft.rules().calendar))
                        : Detail(resumed.error());
}

Detail SendCrew(Draft& draft, const StepRequest& request) {
    Order& order = draft.order();
    const Crew* crew = draft.rules().units.FindCrew(request.crew);
    if (crew == nullptr || !draft.rules().units.IsWithin(crew->unit, order.owner)) {
        return Error{Code::kInvalidArgument, "UNKNOWN_CREW",
                     "unit " + order.owner + " has no crew '" + request.crew + "'; ListCrews names them"};
    }
    if (Status told = draft.TellCrew(*crew, request.text); !told.ok()) {
        return told.error();
    }
    order.crew = crew->id;
    return crew->name;
}

Detail Rate(Draft& draft, const StepRequest& request) {
    if (request.score < 1 || request.score > 5) {
        return Missing("score must be 1 (very dissatisfied) to 5 (very satisfied)");
    }
    draft.order().rating = Rating{request.score, request.text, request.source, draft.now()};
    draft.news().rated = true;
    return std::to_string(request.score);
}

}  // namespace

const FlowStep& ClosingStep(const Flow& flow) {
    static thread_local FlowStep step;
    const auto closed = std::find_if(flow.states.begin(), flow.states.end(),
                                     [](const FlowState& state) { return state.phase == Phase::kClosed; });
    step = {};
    step.id = "close_by_incident";
    step.name = "随事件办结";
    step.step = Step::kCloseByIncident;
    step.to = closed == flow.states.end() ? "" : closed->id;
    step.by = By::kAnyone;
    step.text_required = true;
    step.answers_customer = true;
    return step;
}

Result<std::string> ApplyEffect(Draft& draft, const FlowStep& step, const StepRequest& request, Draft* other) {
    Order& order = draft.order();
    switch (step.step) {
        case Step::kDispatch:
        case Step::kForward:
            return GiveTo(draft, request);
        case Step::kSendCrew:
            return SendCrew(draft, request);
        case Step::kAccept:
            order.handler = draft.who().actor;
            return std::string();
        case Step::kFeedBack:
        case Step::kAnswer:
        case Step::kCloseByIncident:
            order.answer = request.text;
            order.answered = order.answered || step.step != Step::kFeedBack;
            return std::string();
        case Step::kReopen:
            ++order.reopen_count;
            [[fallthrough]];
        case Step::kSendBack:
        case Step::kReturn:
            order.answered = false;
            return std::string();
        case Step::kHandOver:
            return HandOver(draft, request);
        case Step::kAssist:
            return AnswerAssist(draft, request);
        case Step::kAskExtension:
        case Step::kAskSuspension: {
            StepRequest asked = request;
            asked.step = step.step;
            return Ask(draft, asked);
        }
        case Step::kGrant:
            return Grant(draft);
        case Step::kDeny:
            order.petition.reset();
            return std::string();
        case Step::kResume:
            return Resume(draft);
        case Step::kUrge:
            return Urge(draft, request);
        case Step::kEscalate:
            draft.Escalate(request.text);
            return order.escalated_to;
        case Step::kEdit:
            return Edit(draft, request);
        case Step::kMerge:
            return Merge(draft, step, other);
        case Step::kRelate:
            return Relate(draft, step, request, other);
        case Step::kRate:
            return Rate(draft, request);
        default:
            return std::string();
    }
}

}  // namespace trunkline::workorder

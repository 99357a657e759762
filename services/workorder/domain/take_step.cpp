// Taking a step: checks, then what its kind changes, then state, clocks, log and the word to the customer.
#include <algorithm>

#include "workorder/domain/draft.hpp"
#include "workorder/domain/step_effects.hpp"
#include "workorder/domain/step_rules.hpp"

namespace trunkline::workorder {
namespace {

Status CheckRevision(const StepInput& input, const Rules& rules) {
    const Order& order = input.order;
    if (input.request.revision == 0 || input.request.revision == order.revision) {
        return {};
    }
    std::string told;
    for (const LogEntry& entry : input.recent) {
        if (static_cast<uint64_t>(entry.number) > input.request.revision) {
            told += (told.empty() ? "" : ", ") + entry.actor + " (" + Name(entry.step) + " at " +
                    LocalTime(entry.time, rules.calendar) + ")";
        }
    }
    return Error{Code::kAborted, "ORDER_CHANGED",
                 "order " + order.number + " was changed in the meantime by " + (told.empty() ? "somebody" : told) +
                     "; read it again and repeat the step"};
}

Status CheckRequest(const StepInput& input, const FlowStep& step) {
    const StepRequest& request = input.request;
    for (const Status& sound : {CheckText("actor", input.who.actor, kTitleLimit, true),
                                CheckText("text", request.text, kTextLimit, step.text_required),
                                CheckText("title", request.title, kTitleLimit, false),
                                CheckText("description", request.description, kTextLimit, false)}) {
        if (!sound.ok()) {
            return sound;
        }
    }
    if (input.order.attachments.size() + request.attachments.size() > kAttachmentLimit) {
        return Error{Code::kInvalidArgument, "TOO_MANY_ATTACHMENTS", "an order has at most 50 attachments"};
    }
    return {};
}

// The form as it is with what the step fills in.
Status FillFields(Draft& draft, const FlowStep& step, const StepRequest& request) {
    Values values = draft.order().fields;
    const Fields& form = draft.rules().type.fields;
    for (const auto& [field, value] : request.fields) {
        const auto asked = std::find_if(form.begin(), form.end(), [&](const Field& f) { return f.id == field; });
        // A page that was shown a masked number sends it back as it saw it.
        const bool untouched = asked != form.end() && IsPrivate(asked->kind) &&
                               value.find("***") != std::string::npos && values.contains(field);
        if (!untouched) {
            values[field] = value;
        }
    }
    const std::set<std::string> required(step.required_fields.begin(), step.required_fields.end());
    if (request.fields.empty() && required.empty()) {
        return {};
    }
    if (Status sound = ToStatus(CheckForm(draft.rules().type.fields, values, required)); !sound.ok()) {
        return sound;
    }
    draft.order().fields = std::move(values);
    draft.ReadFields();
    return {};
}

Status Move(Draft& draft, const FlowStep& step) {
    Order& order = draft.order();
    if (step.answers_customer) {
        order.answered = true;
    }
    if (!IsStanding(step)) {
        draft.Enter(*draft.rules().flow.State(step.to));
    }
    return draft.TurnClocks(step);
}

}  // namespace

Result<StepOutcome> TakeStep(const StepInput& input, const Rules& rules, TimePoint now) {
    if (Status fresh = CheckRevision(input, rules); !fresh.ok()) {
        return fresh.error();
    }
    const StepRequest& request = input.request;
    const auto found = request.step == Step::kCloseByIncident ? Result<const FlowStep*>(&ClosingStep(rules.flow))
                                                              : FindStep(input.order, rules, request);
    if (!found.ok()) {
        return found.error();
    }
    const FlowStep& step = **found;
    for (const Status& sound : {CheckStep(step, input.order, rules, input.who),
                                CheckTime(step, input.order, rules, now), CheckRequest(input, step)}) {
        if (!sound.ok()) {
            return sound.error();
        }
    }
    Draft draft(input.order, rules, input.who, now);
    if (Status filled = FillFields(draft, step, request); !filled.ok()) {
        return filled.error();
    }
    std::optional<Draft> other;
    if (input.other != nullptr) {
        other.emplace(*input.other, rules, input.who, now);
    }
    auto effect = ApplyEffect(draft, step, request, other ? &*other : nullptr);
    if (!effect.ok()) {
        return effect.error();
    }
    if (Status moved = Move(draft, step); !moved.ok()) {
        return moved.error();
    }
    std::string detail = std::move(effect).value();
    if (request.done) {
        detail += (detail.empty() ? "" : "; ") + std::string("done ") + LocalTime(*request.done, rules.calendar);
    }
    draft.Log(step, request.text, detail, request.attachments);
    draft.Notify(step.step, request.text);
    if (Status taken = draft.RunAutomaticSteps(); !taken.ok()) {
        return taken.error();
    }
    StepOutcome outcome{std::move(draft).Take(), std::nullopt};
    if (other) {
        outcome.other = std::move(*other).TakeOther();
    }
    return outcome;
}

}  // namespace trunkline::workorder

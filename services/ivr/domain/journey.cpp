// Follows exits from node to node until one has to wait or the flow is done.
#include "ivr/domain/journey.hpp"

namespace trunkline::ivr {

Journey::Journey(std::shared_ptr<const Flow> flow, Progress progress, CallState call, IdGenerator& ids)
    : flow_(std::move(flow)), progress_(std::move(progress)), call_(std::move(call)), ids_(ids) {}

Outcome Journey::Begin(TimePoint now) {
    Outcome outcome;
    if (progress_.node.empty()) {
        Enter(flow_->entry, outcome);
    } else {
        // The same step again: telling it once more changes nothing.
        if (progress_.step > 0) --progress_.step;
        Enter(progress_.node, outcome);
    }
    Follow(RunNode(nullptr, now, outcome), now, outcome);
    return outcome;
}

Outcome Journey::OnEvent(const Event& event, TimePoint now) {
    Outcome outcome;
    if (std::holds_alternative<CallAnswered>(event)) call_.answered = true;
    Follow(RunNode(&event, now, outcome), now, outcome);
    return outcome;
}

Outcome Journey::OnCallEnded() {
    Outcome outcome;
    if (!ended_) {
        Leave("hung up", outcome);
        Finish(EndReason::kCallerHungUp, outcome);
    }
    return outcome;
}

std::string Journey::Language() const {
    const auto chosen = progress_.variables.find("language");
    return chosen == progress_.variables.end() || chosen->second.empty() ? flow_->language : chosen->second;
}

// Starts the current node, or gives it an event.
Step Journey::RunNode(const Event* event, TimePoint now, Outcome& outcome) {
    const FlowNode* node = flow_->Find(progress_.node);
    if (!node || !node->node) return Fail{"UNKNOWN_NODE"};
    const std::string language = Language();
    Context context{progress_.variables, language, call_, round_, now, ids_, outcome.commands};
    return event ? node->node->OnEvent(context, *event) : node->node->Start(context);
}

void Journey::Follow(Step step, TimePoint now, Outcome& outcome) {
    while (const auto* next = std::get_if<Continue>(&step)) {
        Leave(next->exit.name, outcome);
        ended_ = false;
        outcome.ended.reset();
        if (progress_.step >= kMostSteps) return Break("TOO_MANY_STEPS", outcome);
        Enter(next->exit.target, outcome);
        round_ = 0;
        step = RunNode(nullptr, now, outcome);
    }
    if (const auto* repeat = std::get_if<Repeat>(&step)) {
        Leave(repeat->reason, outcome);
        Enter(progress_.node, outcome);
    }
    if (const auto* end = std::get_if<End>(&step)) Finish(end->reason, outcome);
    if (const auto* fail = std::get_if<Fail>(&step)) Break(fail->reason, outcome);
}

void Journey::Enter(const std::string& node, Outcome& outcome) {
    progress_.node = node;
    ++progress_.step;
    const FlowNode* found = flow_->Find(node);
    const std::string kind = found && found->node ? std::string(found->node->Kind()) : "";
    outcome.trace.push_back(NodeEntry{node, progress_.step, kind});
}

void Journey::Leave(const std::string& exit, Outcome& outcome) const {
    outcome.trace.push_back(NodeExit{progress_.node, progress_.step, exit});
}

void Journey::Finish(EndReason reason, Outcome& outcome) {
    if (ended_) return;
    ended_ = true;
    outcome.ended = reason;
}

void Journey::Break(const std::string& reason, Outcome& outcome) {
    outcome.failure = reason;
    if (call_.answered) {
        outcome.commands.push_back(HangUpCall{});
    } else {
        outcome.commands.push_back(RejectCall{});
    }
    Finish(EndReason::kFailed, outcome);
}

}  // namespace trunkline::ivr

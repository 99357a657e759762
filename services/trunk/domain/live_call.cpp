// What commands and inputs have in common: silence, bridge, end.
#include "trunk/domain/live_call.hpp"

#include <algorithm>

namespace trunkline::trunk {

LiveCall::LiveCall(Call call) : call_(std::move(call)), alone_since_(call_.started) {}

Effects LiveCall::Start() { return {effect::Tell{event::CallStarted{}}, effect::Tell{event::CallOffered{}}}; }

Effects LiveCall::Do(const Command& command, TimePoint now) {
    Step step{now, command.id, {}};
    Status done = CheckOwner(command);
    if (done.ok()) {
        done = std::visit([&](const auto& action) { return Run(step, action); }, command.action);
    }
    if (!done.ok()) {
        step.Tell(event::CommandFailed{command.id, done.error().reason, done.error().message});
    }
    return std::move(step.effects);
}

Effects LiveCall::On(const Input& happened, TimePoint now) {
    Step step{now, {}, {}};
    if (!HasEnded()) {
        std::visit([&](const auto& input) { Take(step, input); }, happened);
    }
    return std::move(step.effects);
}

void LiveCall::Silence(Step& step, Leg& leg, bool told) {
    const auto found = audio_.find(leg.id);
    if (found == audio_.end()) {
        return;
    }
    const Audio audio = std::move(found->second);
    audio_.erase(found);
    leg.playing_command.clear();
    if (audio.is_prompt_running) {
        step.Add(effect::StopPlay{leg.id, audio.play_id});
    }
    if (audio.collector) {
        step.Add(effect::StopDigitTimer{leg.id});
    }
    if (told) {
        step.Tell(event::PlayFinished{audio.command_id, PlayResult::kStopped});
    }
}

void LiveCall::FinishCollect(Step& step, Leg& leg, CollectResult result) {
    const auto found = audio_.find(leg.id);
    const event::DigitsCollected answer{found->second.command_id, found->second.collector->digits(), result};
    Silence(step, leg, false);
    step.Tell(answer);
}

void LiveCall::SetBridged(Step& step, Leg& leg, bool bridged) {
    if (leg.bridged == bridged) {
        return;
    }
    leg.bridged = bridged;
    if (bridged) {
        leg.bridged_at = step.now;
        step.Add(effect::Connect{leg.id});
    } else {
        step.Add(effect::Disconnect{leg.id});
    }
    if (!bridged) {
        SetRecorded(step, leg, false);
    }
}

void LiveCall::SetRecorded(Step& step, Leg& leg, bool recorded) {
    if (leg.recorded == recorded || leg.role == Role::kCustomer) {
        return;
    }
    leg.recorded = recorded;
    if (!call_.recording.empty()) {
        step.Add(effect::RecordLeg{call_.recording, leg.id, recorded});
    }
}

bool LiveCall::Hears(const LegId& listener, const LegId& speaker) const {
    if (hearing_.empty()) {
        return true;
    }
    return std::any_of(hearing_.begin(), hearing_.end(), [&](const Hearing& each) {
        const auto& speakers = each.speakers;
        return each.listener == listener && std::find(speakers.begin(), speakers.end(), speaker) != speakers.end();
    });
}

void LiveCall::SettleBridge(Step& step) {
    if (call_.HasBridge()) {
        return;
    }
    for (Leg& leg : call_.legs) {
        SetBridged(step, leg, false);
    }
    alone_since_ = step.now;
}

void LiveCall::EndLeg(Step& step, Leg& leg, const EndCause& cause, bool by_peer) {
    const auto next = Apply(leg.state, LegEvent::kEnded);
    if (!next.ok()) {
        return;
    }
    Silence(step, leg, false);
    SetBridged(step, leg, false);
    leg.state = *next;
    leg.held = false;
    if (!by_peer) {
        step.Add(effect::EndLeg{leg.id});
    }
    if (leg.role != Role::kCustomer) {
        step.Tell(event::LegEnded{leg.id, cause});
        SettleBridge(step);
        ForgetOldLegs();
    }
}

void LiveCall::EndCall(Step& step, const EndCause& cause, bool by_peer) {
    std::vector<LegId> others;
    for (const Leg& leg : call_.legs) {
        if (leg.role != Role::kCustomer && leg.state != LegState::kEnded) {
            others.push_back(leg.id);
        }
    }
    for (const LegId& id : others) {
        Leg& leg = *call_.Find(id);
        EndLeg(step, leg, leg.state == LegState::kUp ? cause : cause::kCancelled, false);
    }
    EndLeg(step, call_.customer(), cause, by_peer);
    if (!call_.recording.empty()) {
        step.Add(effect::StopRecording{call_.recording});
    }
    call_.ended = step.now;
    call_.end_cause = cause;
    step.Tell(event::CallEnded{});
}

void LiveCall::ForgetOldLegs() {
    // A caller who waits for hours is offered to many phones; what they did is told in facts already.
    while (call_.legs.size() > kMaxKeptLegs) {
        const auto oldest = std::find_if(call_.legs.begin() + 1, call_.legs.end(),
                                         [](const Leg& leg) { return leg.state == LegState::kEnded; });
        if (oldest == call_.legs.end()) {
            return;
        }
        call_.legs.erase(oldest);
    }
}

}  // namespace trunkline::trunk

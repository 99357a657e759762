// What happens on the legs of a call, one function each. What no longer fits is late news and changes nothing.
#include "trunk/domain/live_call.hpp"

namespace trunkline::trunk {

void LiveCall::Take(Step& step, const input::LegDialled& happened) {
    if (call_.Find(happened.leg) != nullptr) {
        step.Tell(event::LegStarted{happened.leg});
    }
}

void LiveCall::Take(Step& step, const input::LegRang& happened) {
    Leg* leg = call_.Find(happened.leg);
    if (leg == nullptr) {
        return;
    }
    const auto next = Apply(leg->state, LegEvent::kRang);
    if (!next.ok()) {
        return;
    }
    leg->has_early_media = leg->has_early_media || happened.has_early_media;
    if (leg->state != *next) {
        leg->state = *next;
        step.Tell(event::LegRinging{leg->id});
    }
}

void LiveCall::Take(Step& step, const input::LegAnswered& happened) {
    Leg* leg = call_.Find(happened.leg);
    if (leg == nullptr) {
        return;
    }
    const auto next = Apply(leg->state, LegEvent::kAnswered);
    if (!next.ok()) {
        return;
    }
    leg->state = *next;
    leg->answered = step.now;
    if (leg->role == Role::kCustomer) {
        call_.answered = step.now;
    }
    step.Tell(event::LegAnswered{leg->id});
}

void LiveCall::Take(Step& step, const input::LegEnded& happened) {
    Leg* leg = call_.Find(happened.leg);
    if (leg == nullptr || leg->state == LegState::kEnded) {
        return;
    }
    if (leg->role == Role::kCustomer) {
        EndCall(step, happened.cause, true);
    } else {
        EndLeg(step, *leg, happened.cause, true);
    }
}

void LiveCall::Take(Step& step, const input::PeerHeld& happened) {
    Leg* leg = call_.Find(happened.leg);
    if (leg == nullptr || leg->state != LegState::kUp || leg->held == happened.held) {
        return;
    }
    leg->held = happened.held;
    ++positions_;
    if (leg->held) {
        step.Tell(event::LegHeld{leg->id, positions_});
    } else {
        step.Tell(event::LegResumed{leg->id, positions_});
    }
}

void LiveCall::Take(Step& step, const input::TransferAsked& happened) {
    step.Tell(event::TransferRequested{happened.leg, happened.target, happened.replaces, ++positions_});
}

void LiveCall::Take(Step& step, const input::PlayDone& happened) {
    Leg* leg = call_.Find(happened.leg);
    const auto found = audio_.find(happened.leg);
    if (leg == nullptr || found == audio_.end() || found->second.play_id != happened.play_id) {
        return;
    }
    Audio& audio = found->second;
    if (!audio.is_prompt_running) {
        return;
    }
    audio.is_prompt_running = false;
    if (audio.collector) {
        step.Add(effect::StartDigitTimer{leg->id, audio.collector->patience()});
        return;
    }
    const event::PlayFinished answer{audio.command_id, audio.was_barged ? PlayResult::kBarged : happened.result};
    Silence(step, *leg, false);
    step.Tell(answer);
}

void LiveCall::Take(Step& step, const input::DigitKeyed& happened) {
    Leg* leg = call_.Find(happened.leg);
    if (leg == nullptr || leg->state != LegState::kUp) {
        return;
    }
    const auto found = audio_.find(happened.leg);
    const bool is_prompt_running = found != audio_.end() && found->second.is_prompt_running;
    if (is_prompt_running && found->second.barge_in) {
        // The engine has ended the prompt already, unless the key came by SIP INFO.
        step.Add(effect::StopPlay{leg->id, found->second.play_id});
        found->second.was_barged = true;
    }
    if (found == audio_.end() || !found->second.collector) {
        step.Tell(event::DigitPressed{leg->id, happened.digit});
        return;
    }
    if (is_prompt_running && !found->second.barge_in) {
        return;  // keys count from the end of the prompt on
    }
    found->second.is_prompt_running = false;
    const auto result = found->second.collector->Press(happened.digit);
    if (result) {
        FinishCollect(step, *leg, *result);
    } else {
        step.Add(effect::StartDigitTimer{leg->id, found->second.collector->patience()});
    }
}

void LiveCall::Take(Step& step, const input::DigitTimeout& happened) {
    Leg* leg = call_.Find(happened.leg);
    const auto found = audio_.find(happened.leg);
    if (leg == nullptr || found == audio_.end() || !found->second.collector || found->second.is_prompt_running) {
        return;
    }
    FinishCollect(step, *leg, found->second.collector->TimeOut());
}

void LiveCall::Take(Step& step, const input::MediaLost& happened) {
    Leg* leg = call_.Find(happened.leg);
    if (leg == nullptr) {
        return;
    }
    if (leg->role == Role::kCustomer) {
        EndCall(step, cause::kMediaTimeout, false);
    } else {
        EndLeg(step, *leg, cause::kMediaTimeout, false);
    }
}

void LiveCall::Take(Step& step, const input::RecordingStarted& happened) {
    step.Tell(event::RecordingStarted{happened.recording});
}

void LiveCall::Take(Step& step, const input::EffectFailed& happened) {
    step.Tell(event::CommandFailed{happened.command_id, happened.error.reason, happened.error.message});
    Leg* leg = happened.leg.empty() ? nullptr : call_.Find(happened.leg);
    if (leg != nullptr && leg->state == LegState::kCalling && leg->role == Role::kCustomer) {
        EndCall(step, {EndResult::kUpstreamError, "UNREACHABLE", 0}, true);
        return;
    }
    if (leg != nullptr && leg->state == LegState::kCalling) {
        std::erase_if(call_.legs, [&](const Leg& each) { return each.id == happened.leg; });
    } else if (leg != nullptr) {
        Silence(step, *leg, false);
    }
    if (!happened.recording.empty() && happened.recording == call_.recording) {
        call_.recording = RecordingId{};
        if (is_recording_required_) {
            EndCall(step, cause::kNoRecording, false);
        }
    }
}

void LiveCall::Take(Step& step, const input::Abandoned&) { EndCall(step, cause::kNoApplication, false); }

void LiveCall::Take(Step& step, const input::ForcedEnd&) { EndCall(step, cause::kApplicationHangUp, false); }

}  // namespace trunkline::trunk

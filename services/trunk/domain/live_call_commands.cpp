// The commands of an application, one function each. Success is told by the event that follows.
#include <algorithm>

#include "trunk/domain/attached_data.hpp"
#include "trunk/domain/live_call.hpp"

namespace trunkline::trunk {
namespace {

Error WrongState(const std::string& message) { return {Code::kFailedPrecondition, "WRONG_STATE", message}; }
Error Invalid(const std::string& message) { return {Code::kInvalidArgument, "INVALID", message}; }

EndCause RejectedWith(int sip_status) {
    return {sip_status >= 500 && sip_status < 600 ? EndResult::kServerError : EndResult::kClientError, "REJECTED",
            sip_status};
}

std::string EndpointOf(const action::Dial& dial) {
    const auto* phone = std::get_if<PhoneTarget>(&dial.target);
    return phone != nullptr ? phone->name : std::get<OutsideTarget>(dial.target).number;
}

Status CheckDial(const Call& call, const action::Dial& dial) {
    if (dial.leg.empty() || EndpointOf(dial).empty()) {
        return Invalid("Dial needs a leg_id and a target");
    }
    const bool is_customer = dial.role == Role::kCustomer;
    if (is_customer && (call.is_customer_dialled || dial.leg != call.customer().id)) {
        return WrongState("the customer's leg comes with the call, or is dialled once after Originate");
    }
    if (!is_customer && call.Find(dial.leg) != nullptr) {
        return Invalid("the leg " + dial.leg.str() + " exists already; choose a new leg_id for each Dial");
    }
    const auto live =
        std::count_if(call.legs.begin(), call.legs.end(), [](const Leg& leg) { return leg.state != LegState::kEnded; });
    if (static_cast<size_t>(live) >= kMaxLiveLegs) {
        return WrongState("the call has 16 legs; hang one up first");
    }
    for (const auto& [name, value] : dial.headers) {
        if (!name.starts_with("X-") || value.find_first_of("\r\n") != std::string::npos) {
            return Invalid("header " + name + " is refused: names start with X-, values are one line");
        }
    }
    return {};
}

}  // namespace

Status LiveCall::CheckOwner(const Command& command) const {
    if (HasEnded()) {
        return Error{Code::kNotFound, "UNKNOWN_CALL", "the call has ended"};
    }
    if (command.epoch != call_.epoch) {
        return Error{Code::kFailedPrecondition, "STALE_EPOCH",
                     "the call is at epoch " + std::to_string(call_.epoch) + "; it was handed over"};
    }
    return {};
}

Result<Leg*> LiveCall::UpLeg(const LegId& id) {
    Leg* leg = id.empty() ? &call_.customer() : call_.Find(id);
    if (leg == nullptr) {
        return Error{Code::kNotFound, "UNKNOWN_LEG", "the call has no leg " + id.str()};
    }
    if (leg->state != LegState::kUp) {
        return WrongState("the leg is " + std::string(Name(leg->state)) + ", not up");
    }
    return leg;
}

Status LiveCall::Run(Step& step, const action::Answer&) {
    Leg& customer = call_.customer();
    if (call_.direction != CallDirection::kInbound || customer.state != LegState::kRinging) {
        return WrongState("the customer's leg is " + std::string(Name(customer.state)) + ", nothing to answer");
    }
    customer.state = *Apply(customer.state, LegEvent::kAnswered);
    customer.answered = call_.answered = step.now;
    step.Add(effect::AnswerLeg{customer.id});
    step.Tell(event::LegAnswered{customer.id});
    return {};
}

Status LiveCall::Run(Step& step, const action::Reject& action) {
    if (call_.customer().state != LegState::kRinging) {
        return WrongState("the call was answered; use HangUp");
    }
    const int status = action.sip_status == 0 ? 603 : action.sip_status;
    if (status < 400 || status > 699) {
        return Invalid("sip_status of Reject is 400 to 699");
    }
    step.Add(effect::RejectLeg{call_.customer().id, status});
    EndCall(step, RejectedWith(status), true);
    return {};
}

Status LiveCall::Run(Step& step, const action::Play& action) {
    const auto leg = UpLeg(action.leg);
    if (!leg.ok()) {
        return leg.error();
    }
    if (action.items.empty() && !action.collect) {
        return Invalid("Play needs items or a collect");
    }
    if (action.collect && action.collect->max_digits == 0) {
        return Invalid("max_digits of Collect is at least 1");
    }
    Leg& target = **leg;
    Silence(step, target, true);
    Audio audio;
    audio.command_id = step.command_id;
    audio.play_id = std::to_string(call_.epoch) + "/" + step.command_id;
    audio.is_prompt_running = !action.items.empty();
    audio.barge_in = action.barge_in;
    if (action.collect) {
        audio.collector.emplace(*action.collect);
    }
    target.playing_command = step.command_id;
    if (audio.is_prompt_running) {
        step.Add(effect::StartPlay{target.id, audio.play_id, action.items, action.loop, action.barge_in});
    } else {
        step.Add(effect::StartDigitTimer{target.id, audio.collector->patience()});
    }
    audio_.insert_or_assign(target.id, std::move(audio));
    return {};
}

Status LiveCall::Run(Step& step, const action::StopPlay& action) {
    const auto leg = UpLeg(action.leg);
    if (!leg.ok()) {
        return leg.error();
    }
    Silence(step, **leg, true);
    return {};
}

Status LiveCall::Run(Step& step, const action::Dial& action) {
    const Status checked = CheckDial(call_, action);
    if (!checked.ok()) {
        return checked;
    }
    if (action.role == Role::kCustomer) {
        call_.is_customer_dialled = true;
    } else {
        Leg leg;
        leg.id = action.leg;
        leg.role = action.role;
        leg.state = LegState::kCalling;
        leg.endpoint = EndpointOf(action);
        leg.started = step.now;
        call_.legs.push_back(std::move(leg));
    }
    step.Add(effect::DialLeg{step.command_id, action});
    return {};
}

Status LiveCall::Run(Step& step, const action::HangUpLeg& action) {
    Leg* leg = call_.Find(action.leg);
    if (leg == nullptr) {
        return Error{Code::kNotFound, "UNKNOWN_LEG", "the call has no leg " + action.leg.str()};
    }
    if (leg->state == LegState::kEnded) {
        return WrongState("the leg has ended already");
    }
    if (leg->role == Role::kCustomer) {
        return Run(step, action::HangUp{});
    }
    EndLeg(step, *leg, leg->state == LegState::kUp ? cause::kApplicationHangUp : cause::kCancelled, false);
    return {};
}

Status LiveCall::CheckBridge(const action::Bridge& action) const {
    if (action.legs.size() < 2) {
        return Invalid("Bridge needs at least two legs");
    }
    const auto is_in = [&](const LegId& id) {
        return std::find(action.legs.begin(), action.legs.end(), id) != action.legs.end();
    };
    for (const LegId& id : action.legs) {
        const Leg* leg = call_.Find(id);
        if (leg == nullptr) {
            return Error{Code::kNotFound, "UNKNOWN_LEG", "the call has no leg " + id.str()};
        }
        if (!leg->CanBeHeard()) {
            return WrongState("the leg " + id.str() + " is " + std::string(Name(leg->state)) + ", not up");
        }
    }
    for (const Hearing& hearing : action.hearing) {
        if (!is_in(hearing.listener) || !std::all_of(hearing.speakers.begin(), hearing.speakers.end(), is_in)) {
            return Invalid("who hears whom names a leg that is not among the bridge's");
        }
    }
    return {};
}

// Leavers go first and joiners come last, so the matrix in between holds for everybody who is in.
Status LiveCall::Run(Step& step, const action::Bridge& action) {
    const Status checked = CheckBridge(action);
    if (!checked.ok()) {
        return checked;
    }
    hearing_ = action.hearing;
    std::vector<Leg*> members;
    for (Leg& leg : call_.legs) {
        if (std::find(action.legs.begin(), action.legs.end(), leg.id) == action.legs.end()) {
            SetBridged(step, leg, false);
            continue;
        }
        Silence(step, leg, true);
        members.push_back(&leg);
    }
    const bool has_customer = members.front() == &call_.customer();
    // The recording has what the customer hears, and nothing else unless it is asked for.
    const auto is_recorded = [&](const Leg& leg) {
        return action.record_private || (has_customer && Hears(call_.customer().id, leg.id));
    };
    effect::SetMatrix matrix;
    for (Leg* speaker : members) {
        if (!is_recorded(*speaker)) {
            SetRecorded(step, *speaker, false);
        }
        for (const Leg* listener : members) {
            if (listener != speaker && !Hears(listener->id, speaker->id)) {
                matrix.holes.push_back({listener->id, speaker->id});
            }
        }
    }
    if (has_holes_ || !matrix.holes.empty()) {
        has_holes_ = !matrix.holes.empty();
        step.Add(std::move(matrix));
    }
    for (Leg* leg : members) {
        SetBridged(step, *leg, true);
        SetRecorded(step, *leg, is_recorded(*leg));
    }
    step.Tell(event::LegsBridged{step.command_id, action.legs});
    return {};
}

Status LiveCall::Run(Step& step, const action::Unbridge& action) {
    const auto leg = UpLeg(action.leg);
    if (!leg.ok()) {
        return leg.error();
    }
    SetBridged(step, **leg, false);
    SettleBridge(step);
    return {};
}

Status LiveCall::Run(Step& step, const action::HoldLeg& action) {
    const auto leg = UpLeg(action.leg);
    if (!leg.ok()) {
        return leg.error();
    }
    SetBridged(step, **leg, false);
    SettleBridge(step);
    step.Add(effect::OfferHold{(*leg)->id, true});
    return {};
}

Status LiveCall::Run(Step& step, const action::ResumeLeg& action) {
    const auto leg = UpLeg(action.leg);
    if (!leg.ok()) {
        return leg.error();
    }
    step.Add(effect::OfferHold{(*leg)->id, false});
    return {};
}

Status LiveCall::Run(Step& step, const action::SendDigits& action) {
    const auto leg = UpLeg(action.leg);
    if (!leg.ok()) {
        return leg.error();
    }
    if (action.digits.empty() || action.digits.find_first_not_of("0123456789*#ABCD,") != std::string::npos) {
        return Invalid("digits are 0-9 * # A-D, a comma waits a second");
    }
    step.Add(effect::SendDigits{step.command_id, (*leg)->id, action.digits});
    return {};
}

Status LiveCall::Run(Step&, const action::SetData& action) { return Merge(call_.data, action.data); }

Status LiveCall::Run(Step& step, const action::HandOver& action) {
    if (action.application.empty()) {
        return Invalid("HandOver needs an application");
    }
    const Status merged = Merge(call_.data, action.data);
    if (!merged.ok()) {
        return merged;
    }
    // The new owner knows nothing of what the old one plays; he starts from silence.
    for (Leg& leg : call_.legs) {
        Silence(step, leg, false);
    }
    const std::string from = std::exchange(call_.application, action.application);
    ++call_.epoch;
    alone_since_ = step.now;
    step.Tell(event::HandedOver{from});
    step.Tell(event::CallOffered{});
    return {};
}

Status LiveCall::Run(Step& step, const action::StartRecording& action) {
    if (action.recording.empty()) {
        return Invalid("StartRecording needs a recording_id");
    }
    if (call_.recording == action.recording) {
        return {};
    }
    const auto customer = UpLeg(call_.customer().id);
    if (!customer.ok()) {
        return customer.error();
    }
    if (!call_.recording.empty()) {
        return WrongState("the call is recorded already as " + call_.recording.str());
    }
    call_.recording = action.recording;
    is_recording_required_ = action.required;
    effect::StartRecording start{step.command_id, action.recording, call_.customer().id, {}};
    for (const Leg& leg : call_.legs) {
        if (leg.recorded) {
            start.others.push_back(leg.id);
        }
    }
    step.Add(std::move(start));
    return {};
}

Status LiveCall::Run(Step& step, const action::PauseRecording& action) {
    if (call_.recording.empty()) {
        return WrongState("the call is not recorded");
    }
    step.Add(effect::PauseRecording{call_.recording, action.paused});
    return {};
}

Status LiveCall::Run(Step& step, const action::StopRecording&) {
    if (call_.recording.empty()) {
        return WrongState("the call is not recorded");
    }
    step.Add(effect::StopRecording{std::exchange(call_.recording, RecordingId{})});
    return {};
}

Status LiveCall::Run(Step& step, const action::AnswerTransfer& action) {
    const auto leg = UpLeg(action.leg);
    if (!leg.ok()) {
        return leg.error();
    }
    step.Add(effect::AnswerTransfer{(*leg)->id, action.accept, action.sip_status == 0 ? 603 : action.sip_status});
    return {};
}

Status LiveCall::Run(Step& step, const action::ReportTransfer& action) {
    const auto leg = UpLeg(action.leg);
    if (!leg.ok()) {
        return leg.error();
    }
    step.Add(effect::ReportTransfer{(*leg)->id, action.sip_status});
    return {};
}

Status LiveCall::Run(Step& step, const action::HangUp&) {
    EndCall(step, cause::kApplicationHangUp, false);
    return {};
}

Status LiveCall::Run(Step&, const action::Originate&) { return Invalid("the call exists already"); }

}  // namespace trunkline::trunk

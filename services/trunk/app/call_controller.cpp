// Routing and carrying out.
#include "trunk/app/call_controller.hpp"

namespace trunkline::trunk {
namespace {

// A stream that breaks is noticed late when a host dies; what was told into it meanwhile is told again.
constexpr Duration kUnnoticed = std::chrono::seconds(60);

}  // namespace

CallController::CallController(ControllerPorts ports, Duration grace) : ports_(std::move(ports)), grace_(grace) {}

void CallController::OnIncoming(const IncomingCall& incoming) {
    const TimePoint now = ports_.clock.Now();
    Leg customer;
    customer.id = incoming.leg;
    customer.state = LegState::kRinging;
    customer.endpoint = incoming.from_number;
    customer.started = now;
    Call call;
    call.id = CallId(ports_.ids.New());
    call.contact = ContactId(ports_.ids.New());
    call.application = incoming.number.application;
    call.from_number = incoming.from_number;
    call.to_number = incoming.number.number;
    call.trunk = incoming.trunk;
    call.data = incoming.number.data;
    call.legs.push_back(std::move(customer));
    call.started = now;
    LiveCall& live = calls_.Add(std::move(call));
    Finish(live, live.Start());
}

void CallController::OnLeg(const LegId& leg, const Input& happened) {
    if (const LiveCall* call = calls_.FindByLeg(leg)) {
        OnCall(call->call().id, happened);
    }
}

void CallController::OnCall(const CallId& call, const Input& happened) {
    if (is_busy_) {
        pending_.push_back({call, happened});
        return;
    }
    if (LiveCall* live = calls_.Find(call)) {
        Finish(*live, live->On(happened, ports_.clock.Now()));
    }
}

void CallController::Do(const std::string& application, const Command& command) {
    LiveCall* call = calls_.Find(command.call);
    if (call == nullptr && std::holds_alternative<action::Originate>(command.action)) {
        Originate(application, command);
        return;
    }
    if (call == nullptr) {
        Refuse(application, command, {Code::kNotFound, "UNKNOWN_CALL", "there is no such call"});
        return;
    }
    if (call->call().application != application) {
        Refuse(application, command,
               {Code::kFailedPrecondition, "STALE_EPOCH", "the call belongs to " + call->call().application});
        return;
    }
    Finish(*call, call->Do(command, ports_.clock.Now()));
}

void CallController::Originate(const std::string& application, const Command& command) {
    const auto& action = std::get<action::Originate>(command.action);
    if (command.call.empty() || action.contact.empty() || action.customer_leg.empty() || action.to_number.empty() ||
        calls_.FindByLeg(action.customer_leg) != nullptr) {
        Refuse(application, command,
               {Code::kInvalidArgument, "INVALID", "Originate needs new ids of call, contact and leg, and a number"});
        return;
    }
    const TimePoint now = ports_.clock.Now();
    Call call;
    call.id = command.call;
    call.contact = action.contact;
    call.application = application;
    call.direction = CallDirection::kOutbound;
    call.from_number = action.from_number;
    call.to_number = action.to_number;
    call.data = action.data;
    call.started = now;
    call.is_customer_dialled = false;
    Leg customer;
    customer.id = action.customer_leg;
    customer.endpoint = action.to_number;
    customer.started = now;
    call.legs.push_back(std::move(customer));
    LiveCall& live = calls_.Add(std::move(call));
    Finish(live, live.Start());
}

void CallController::Refuse(const std::string& application, const Command& command, const Error& error) {
    Call stranger;
    stranger.id = command.call;
    stranger.epoch = command.epoch;
    stranger.application = application;
    TellAll(stranger, event::CommandFailed{command.id, error.reason, error.message});
}

Snapshot CallController::Attach(const std::string& application) {
    const auto seen = detached_.find(application);
    TimePoint since{};
    if (attached_.contains(application)) {
        since = ports_.clock.Now() - kUnnoticed;
    } else if (seen != detached_.end()) {
        since = seen->second - kUnnoticed;
    }
    attached_.insert(application);
    return {calls_.LiveOf(application), calls_.EndedOf(application, since)};
}

void CallController::Detach(const std::string& application) {
    attached_.erase(application);
    detached_[application] = ports_.clock.Now();
}

Status CallController::HangUp(const CallId& call) {
    if (calls_.Find(call) == nullptr) {
        return Error{Code::kNotFound, "UNKNOWN_CALL", "there is no live call " + call.str()};
    }
    OnCall(call, input::ForcedEnd{});
    return {};
}

void CallController::HangUpAll() {
    for (const CallId& id : calls_.Ids()) {
        OnCall(id, input::ForcedEnd{});
    }
}

void CallController::Sweep() {
    const TimePoint now = ports_.clock.Now();
    calls_.ForgetEnded(now);
    for (const CallId& id : calls_.Ids()) {
        const LiveCall& call = *calls_.Find(id);
        const std::string& application = call.call().application;
        if (attached_.contains(application)) {
            continue;
        }
        const auto seen = detached_.find(application);
        if (IsAbandoned(call, seen == detached_.end() ? TimePoint{} : seen->second, now, grace_)) {
            OnCall(id, input::Abandoned{});
        }
    }
}

void CallController::TellAll(const Call& call, const Event& event) {
    const TimePoint now = ports_.clock.Now();
    for (EventSink* sink : ports_.sinks) {
        sink->Tell(call, event, now);
    }
}

void CallController::Finish(LiveCall& call, const Effects& effects) {
    is_busy_ = true;
    CarryOut(call, effects);
    while (!pending_.empty()) {
        const Pending next = std::move(pending_.front());
        pending_.pop_front();
        if (LiveCall* live = calls_.Find(next.call)) {
            CarryOut(*live, live->On(next.input, ports_.clock.Now()));
        }
    }
    is_busy_ = false;
}

void CallController::CarryOut(LiveCall& call, const Effects& effects) {
    for (const Effect& effect : effects) {
        std::visit([&](const auto& each) { CarryOut(call, each); }, effect);
    }
    if (call.HasEnded()) {
        ports_.media.EndBridge(call.call().id);
        calls_.Retire(call.call().id);
    }
}

void CallController::CarryOut(LiveCall& call, const effect::AnswerLeg& effect) {
    const Status done = ports_.sip.Answer(effect.leg);
    if (!done.ok()) {
        Feed(call, input::LegEnded{effect.leg, {EndResult::kServerError, "ERROR", 0}});
    }
}

void CallController::CarryOut(LiveCall&, const effect::RejectLeg& effect) {
    (void)ports_.sip.Reject(effect.leg, effect.sip_status);
}

void CallController::CarryOut(LiveCall& call, const effect::DialLeg& effect) {
    const auto fail = [&](const Error& error) {
        Feed(call, input::EffectFailed{effect.command_id, effect.dial.leg, {}, error});
    };
    const LiveCall* other = calls_.FindByLeg(effect.dial.leg);
    if (other != nullptr && other != &call) {
        fail({Code::kAlreadyExists, "INVALID", "another call has a leg " + effect.dial.leg.str()});
        return;
    }
    const Status dialled = ports_.sip.Dial(effect.dial);
    if (!dialled.ok()) {
        fail(dialled.error());
        return;
    }
    calls_.AddLeg(call.call().id, effect.dial.leg);
    Feed(call, input::LegDialled{effect.dial.leg});
}

void CallController::CarryOut(LiveCall&, const effect::EndLeg& effect) { ports_.sip.End(effect.leg); }

void CallController::CarryOut(LiveCall&, const effect::OfferHold& effect) {
    (void)ports_.sip.OfferHold(effect.leg, effect.hold);
}

void CallController::CarryOut(LiveCall&, const effect::AnswerTransfer& effect) {
    (void)ports_.sip.AnswerTransfer(effect.leg, effect.accept, effect.sip_status);
}

void CallController::CarryOut(LiveCall&, const effect::ReportTransfer& effect) {
    (void)ports_.sip.ReportTransfer(effect.leg, effect.sip_status);
}

void CallController::CarryOut(LiveCall& call, const effect::StartPlay& effect) {
    const Status started = ports_.media.Play(effect);
    if (!started.ok()) {
        const std::string command = call.call().Find(effect.leg)->playing_command;
        Feed(call, input::EffectFailed{command, effect.leg, {}, started.error()});
    }
}

void CallController::CarryOut(LiveCall&, const effect::StopPlay& effect) {
    ports_.media.StopPlay(effect.leg, effect.play_id);
}

void CallController::CarryOut(LiveCall& call, const effect::Connect& effect) {
    ports_.media.Connect(call.call().id, effect.leg);
}

void CallController::CarryOut(LiveCall&, const effect::Disconnect& effect) { ports_.media.Disconnect(effect.leg); }

void CallController::CarryOut(LiveCall& call, const effect::SetMatrix& effect) {
    ports_.media.SetMatrix(call.call().id, effect);
}

void CallController::CarryOut(LiveCall& call, const effect::SendDigits& effect) {
    const Status sent = ports_.media.SendDigits(effect.leg, effect.digits);
    if (!sent.ok()) {
        Feed(call, input::EffectFailed{effect.command_id, {}, {}, sent.error()});
    }
}

void CallController::CarryOut(LiveCall& call, const effect::StartRecording& effect) {
    const Status started = ports_.recorder.Start(call.call(), effect, ports_.clock.Now());
    if (started.ok()) {
        Feed(call, input::RecordingStarted{effect.recording});
    } else {
        Feed(call, input::EffectFailed{effect.command_id, {}, effect.recording, started.error()});
    }
}

void CallController::CarryOut(LiveCall&, const effect::RecordLeg& effect) {
    ports_.recorder.RecordLeg(effect.recording, effect.leg, effect.on);
}

void CallController::CarryOut(LiveCall&, const effect::PauseRecording& effect) {
    (void)ports_.recorder.Pause(effect.recording, effect.paused);
}

void CallController::CarryOut(LiveCall&, const effect::StopRecording& effect) {
    ports_.recorder.Stop(effect.recording);
}

void CallController::CarryOut(LiveCall&, const effect::StartDigitTimer& effect) {
    ports_.timers.Start(effect.leg, effect.delay);
}

void CallController::CarryOut(LiveCall&, const effect::StopDigitTimer& effect) { ports_.timers.Stop(effect.leg); }

void CallController::CarryOut(LiveCall& call, const effect::Tell& effect) {
    if (const auto* ended = std::get_if<event::LegEnded>(&effect.event)) {
        calls_.RemoveLeg(ended->leg);
    }
    TellAll(call.call(), effect.event);
}

}  // namespace trunkline::trunk

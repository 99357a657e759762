// Brings calls, SIP, media and applications together: routes commands and what happens to the call concerned, and
// carries out the effects. Decides nothing itself.
#pragma once
#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "clock/clock.hpp"
#include "ids/ids.hpp"
#include "trunk/app/ports.hpp"
#include "trunk/domain/call_registry.hpp"
#include "trunk/domain/directory.hpp"

namespace trunkline::trunk {

struct ControllerPorts {
    SipPort& sip;
    MediaPort& media;
    RecorderPort& recorder;
    DigitTimers& timers;
    std::vector<EventSink*> sinks;
    const Clock& clock;
    IdGenerator& ids;
};

// A customer's INVITE that was admitted.
struct IncomingCall {
    LegId leg;
    std::string from_number;
    std::string trunk;
    Number number;
};

// What an application is told when it attaches.
struct Snapshot {
    std::vector<Call> live;
    std::vector<Call> ended;
};

// On the SIP thread.
class CallController {
 public:
    CallController(ControllerPorts ports, Duration grace);

    // ---- from SIP and media ----
    void OnIncoming(const IncomingCall& incoming);
    // Routed by the leg that the input names; nothing happens when its call is gone.
    void OnLeg(const LegId& leg, const Input& happened);
    void OnCall(const CallId& call, const Input& happened);

    // ---- from applications ----
    // A failure is told to `application` as CommandFailed, also for a call that is not its own.
    void Do(const std::string& application, const Command& command);
    Snapshot Attach(const std::string& application);
    void Detach(const std::string& application);

    // ---- from operators and time ----
    std::vector<Call> Calls() const { return calls_.Live(); }
    // UNKNOWN_CALL.
    Status HangUp(const CallId& call);
    void HangUpAll();
    // Every second: the grace of absent applications, the retention of ended calls.
    void Sweep();
    size_t live_calls() const { return calls_.size(); }

 private:
    struct Pending {
        CallId call;
        Input input;
    };
    void Finish(LiveCall& call, const Effects& effects);
    void CarryOut(LiveCall& call, const Effects& effects);
    void CarryOut(LiveCall& call, const effect::AnswerLeg& effect);
    void CarryOut(LiveCall& call, const effect::RejectLeg& effect);
    void CarryOut(LiveCall& call, const effect::DialLeg& effect);
    void CarryOut(LiveCall& call, const effect::EndLeg& effect);
    void CarryOut(LiveCall& call, const effect::OfferHold& effect);
    void CarryOut(LiveCall& call, const effect::AnswerTransfer& effect);
    void CarryOut(LiveCall& call, const effect::ReportTransfer& effect);
    void CarryOut(LiveCall& call, const effect::StartPlay& effect);
    void CarryOut(LiveCall& call, const effect::StopPlay& effect);
    void CarryOut(LiveCall& call, const effect::Connect& effect);
    void CarryOut(LiveCall& call, const effect::Disconnect& effect);
    void CarryOut(LiveCall& call, const effect::SetMatrix& effect);
    void CarryOut(LiveCall& call, const effect::SendDigits& effect);
    void CarryOut(LiveCall& call, const effect::StartRecording& effect);
    void CarryOut(LiveCall& call, const effect::RecordLeg& effect);
    void CarryOut(LiveCall& call, const effect::PauseRecording& effect);
    void CarryOut(LiveCall& call, const effect::StopRecording& effect);
    void CarryOut(LiveCall& call, const effect::StartDigitTimer& effect);
    void CarryOut(LiveCall& call, const effect::StopDigitTimer& effect);
    void CarryOut(LiveCall& call, const effect::Tell& effect);
    // Told to the call after the effects under way.
    void Feed(const LiveCall& call, Input input) { pending_.push_back({call.call().id, std::move(input)}); }
    void TellAll(const Call& call, const Event& event);
    void Originate(const std::string& application, const Command& command);
    void Refuse(const std::string& application, const Command& command, const Error& error);

    ControllerPorts ports_;
    Duration grace_;
    CallRegistry calls_;
    std::set<std::string> attached_;
    std::map<std::string, TimePoint> detached_;  // absent: never seen
    std::deque<Pending> pending_;
    bool is_busy_ = false;
};

}  // namespace trunkline::trunk

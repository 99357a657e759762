// What the call controller needs from the outside. All of it is called on the SIP thread and never blocks.
#pragma once
#include <string>
#include <vector>

#include "result/result.hpp"
#include "trunk/domain/effect.hpp"

namespace trunkline::trunk {

// The SIP sessions behind legs. An error means that nothing was done.
class SipPort {
 public:
    virtual ~SipPort() = default;
    virtual Status Answer(const LegId& leg) = 0;
    virtual Status Reject(const LegId& leg, int sip_status) = 0;
    // PHONE_NOT_REGISTERED, UNKNOWN_TRUNK, NO_MEDIA_PORT; what fails later is told as input::LegEnded.
    virtual Status Dial(const action::Dial& dial) = 0;
    // Also closes the leg's media. Nothing about the leg is told afterwards.
    virtual void End(const LegId& leg) = 0;
    virtual Status OfferHold(const LegId& leg, bool hold) = 0;
    virtual Status AnswerTransfer(const LegId& leg, bool accept, int sip_status) = 0;
    virtual Status ReportTransfer(const LegId& leg, int sip_status) = 0;
};

// The audio of legs.
class MediaPort {
 public:
    virtual ~MediaPort() = default;
    // PROMPT_MISSING names the prompt.
    virtual Status Play(const effect::StartPlay& play) = 0;
    virtual void StopPlay(const LegId& leg, const std::string& play_id) = 0;
    virtual void Connect(const CallId& call, const LegId& leg) = 0;
    virtual void SetMatrix(const CallId& call, const effect::SetMatrix& matrix) = 0;
    // The call has ended.
    virtual void EndBridge(const CallId& call) = 0;
    virtual void Disconnect(const LegId& leg) = 0;
    virtual Status SendDigits(const LegId& leg, const std::string& digits) = 0;
};

// Recordings of calls.
class RecorderPort {
 public:
    virtual ~RecorderPort() = default;
    // RECORDING_FAILED when the spool cannot take it.
    virtual Status Start(const Call& call, const effect::StartRecording& start, TimePoint now) = 0;
    virtual void RecordLeg(const RecordingId& recording, const LegId& leg, bool on) = 0;
    virtual Status Pause(const RecordingId& recording, bool paused) = 0;
    virtual void Stop(const RecordingId& recording) = 0;
};

// One timer for each leg; it comes back as input::DigitTimeout.
class DigitTimers {
 public:
    virtual ~DigitTimers() = default;
    virtual void Start(const LegId& leg, Duration delay) = 0;
    virtual void Stop(const LegId& leg) = 0;
};

// Who wants to know what happens on calls. Takes what is his and ignores the rest.
class EventSink {
 public:
    virtual ~EventSink() = default;
    virtual void Tell(const Call& call, const Event& event, TimePoint now) = 0;
};

}  // namespace trunkline::trunk

// Customer left, everybody bridged with him right.
#include "trunk/adapters/spool_recorder.hpp"

#include "trunk/adapters/codec.hpp"

namespace trunkline::trunk {
namespace {

Error Failed(const std::string& message) { return {Code::kUnavailable, "RECORDING_FAILED", message}; }

}  // namespace

Status SpoolRecorder::Start(const Call& call, const effect::StartRecording& start, TimePoint now) {
    if (!Spool::IsSafe(start.recording)) {
        return Error{Code::kInvalidArgument, "INVALID", "recording_id has 1 to 64 letters, digits or -"};
    }
    if (!spool_.HasRoom()) {
        return Failed("the spool is full or cannot be written");
    }
    const Status recorded =
        engine_.Record(start.recording, spool_.PathOf(start.recording), {start.customer}, start.others);
    if (!recorded.ok()) {
        return Failed(recorded.error().message);
    }
    v1::Journal journal;
    journal.set_recording_id(start.recording.str());
    journal.set_call_id(call.id.str());
    journal.set_contact_id(call.contact.str());
    *journal.mutable_start_time() = ToProto(now);
    spool_.Begin(std::move(journal));
    return {};
}

void SpoolRecorder::RecordLeg(const RecordingId& recording, const LegId& leg, bool on) {
    if (on) {
        (void)engine_.AddToRecording(recording, leg, media::Side::kRight);
    } else {
        (void)engine_.RemoveFromRecording(recording, leg);
    }
}

Status SpoolRecorder::Pause(const RecordingId& recording, bool paused) {
    return engine_.PauseRecording(recording, paused);
}

void SpoolRecorder::Stop(const RecordingId& recording) { (void)engine_.StopRecording(recording); }

}  // namespace trunkline::trunk

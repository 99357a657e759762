// The audit row comes before the first byte.
#include "recording/app/listening_room.hpp"

namespace trunkline::recording {

Status ListeningRoom::Listen(const Play& play, const std::function<bool(std::span<const uint8_t>)>& sink) {
    if (play.actor.empty()) return Error{Code::kInvalidArgument, "ACTOR_MISSING", "name who plays the recording"};
    if (play.reason.empty()) return Error{Code::kInvalidArgument, "REASON_MISSING", "say why it is played"};
    const auto recording = index_.Find(play.recording);
    if (!recording) return recording.error();
    if (recording->state == State::kDeleted) {
        return Error{Code::kFailedPrecondition, "RECORDING_DELETED",
                     "the recording " + play.recording.str() + " was deleted; there is no audio any more"};
    }
    if (recording->state != State::kStored) {
        return Error{Code::kFailedPrecondition, "NOT_STORED",
                     "the recording " + play.recording.str() + " is not stored; try again later"};
    }
    if (auto noted = index_.NotePlay(*recording, play, clock_.Now()); !noted) return noted;
    return vault_.Open(play.recording, sink);
}

}  // namespace trunkline::recording

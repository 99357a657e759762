// Looks after what is stored: holds it, deletes it when it is too old or when somebody may, and reads it again to see
// that it is whole.
#pragma once
#include "recording/app/ports.hpp"

namespace trunkline::recording {

// Blocks; safe from several threads.
class Caretaker {
 public:
    struct Ports {
        Vault& vault;
        RecordingIndex& index;
        Upkeep& upkeep;
        const Clock& clock;
    };
    // Nothing is deleted by its age when `retention` is zero.
    Caretaker(Ports ports, std::chrono::hours retention) : ports_(ports), retention_(retention) {}

    // kInvalidArgument ACTOR_MISSING, REASON_MISSING.
    Status Hold(const RecordingId& id, bool held, const Act& act);
    // Afterwards nobody can play it, and the audio is destroyed now or, when the disk is away, by Tidy.
    // kFailedPrecondition RECORDING_HELD, NOT_STORED.
    Status Delete(const RecordingId& id, const Act& act);

    // Deletes what is too old, destroys what was deleted, and verifies for some seconds. To be called every minute; a
    // recording is verified once a week as long as that is enough. Returns how many were found damaged.
    Result<int> Tidy();

 private:
    Status DeleteOld();
    Status ShredDeleted();
    Result<int> Verify();
    Result<Recording> FindFor(const RecordingId& id, const Act& act);

    Ports ports_;
    std::chrono::hours retention_;
};

}  // namespace trunkline::recording

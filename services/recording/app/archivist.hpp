// Brings recordings home: fetch, make playable, encrypt, note, and only then free the spool. Killed at any point, it
// begins that recording anew.
#pragma once
#include "recording/app/ports.hpp"

namespace trunkline::recording {

// One thread.
class Archivist {
 public:
    struct Ports {
        Spool& spool;
        AudioSource& source;
        Vault& vault;
        RecordingIndex& index;
        const Clock& clock;
    };
    enum class Outcome { kNothingDue, kStored, kRetry, kFailed };

    explicit Archivist(Ports ports) : ports_(ports) {}

    // Notes what waits in the spool and was missed, and frees what was stored but not freed. At a start what had failed
    // is tried again: perhaps the new program can read it.
    Status Reconcile(bool at_start);
    // Works on one recording that is due. An error: the index is away.
    Result<Outcome> WorkOnce();

 private:
    Result<Recording> Store(Recording recording);
    Result<Outcome> OnFailure(const Recording& recording, const Error& error);

    Ports ports_;
};

}  // namespace trunkline::recording

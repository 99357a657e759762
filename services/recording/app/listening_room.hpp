// Playing recordings: by a named person, for a reason, and never without an audit row.
#pragma once
#include "recording/app/ports.hpp"

namespace trunkline::recording {

// Blocks; safe from several threads.
class ListeningRoom {
 public:
    ListeningRoom(RecordingIndex& index, Vault& vault, const Clock& clock)
        : index_(index), vault_(vault), clock_(clock) {}

    // Notes the play, then gives the WAV to `sink` as Vault::Open does. kInvalidArgument ACTOR_MISSING, REASON_MISSING;
    // kFailedPrecondition NOT_STORED.
    Status Listen(const Play& play, const std::function<bool(std::span<const uint8_t>)>& sink);

 private:
    RecordingIndex& index_;
    Vault& vault_;
    const Clock& clock_;
};

}  // namespace trunkline::recording

// What keeping recordings needs from outside: the gateway's spool, the making of audio, the vault, and the index.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "recording/domain/recording.hpp"

namespace trunkline::recording {

// The trunk gateway's finished journals. Blocks; one thread.
class Spool {
 public:
    virtual ~Spool() = default;
    virtual Result<std::vector<Recording>> List() = 0;
    // Freeing what is not there is no error.
    virtual Status Free(const RecordingId& id) = 0;
};

// A playable recording: a stereo WAV that is read once, from its beginning.
class Audio {
 public:
    virtual ~Audio() = default;
    // Fills `buffer` as far as it can; 0 at the end.
    virtual Result<size_t> Read(std::span<uint8_t> buffer) = 0;

    std::chrono::milliseconds duration{};
    uint32_t gaps = 0;
};

class AudioSource {
 public:
    virtual ~AudioSource() = default;
    // Fetches the journal from the spool and makes a WAV of it.
    virtual Result<std::unique_ptr<Audio>> Make(const RecordingId& id) = 0;
};

struct Kept {
    std::string sha256;  // of the WAV
    int64_t size_bytes = 0;
};

// Where audio stays, encrypted. Blocks; safe from several threads.
class Vault {
 public:
    virtual ~Vault() = default;
    // When it returns, the audio is on the disk as a whole; keeping it again replaces it.
    virtual Result<Kept> Keep(const RecordingId& id, Audio& audio) = 0;
    // Gives the WAV to `sink` part by part until it returns false. kNotFound; kDataLoss RECORDING_ALTERED when it is
    // not what was kept: nothing of an altered part is given out.
    virtual Status Open(const RecordingId& id, const std::function<bool(std::span<const uint8_t>)>& sink) = 0;
    // Reads it as a whole. kDataLoss RECORDING_ALTERED, also when it is whole but not this WAV; RECORDING_LOST.
    virtual Status Verify(const RecordingId& id, const std::string& sha256) = 0;
    // Destroys its key, then its file; when it returns, both are gone from the disk. Harmless when it is gone already.
    virtual Status Shred(const RecordingId& id) = 0;
};

struct Play {
    RecordingId recording;
    std::string actor;
    std::string reason;
};

// Who changes something about a recording, and why.
struct Act {
    std::string actor;
    std::string reason;
};

struct Search {
    std::string contact;  // empty: any
    std::optional<TimePoint> from;
    std::optional<TimePoint> to;
    int limit = 100;
    RecordingId after;       // the last of the page before
    std::string agent = {};  // who served the contact; empty: any
    std::string queue = {};  // in which it was served; empty: any
};

// The index of recordings. Changes and their events are one transaction. Blocks; safe from several threads.
class RecordingIndex {
 public:
    virtual ~RecordingIndex() = default;
    // Notes those that are new as PENDING, with `again` also those that had FAILED. Returns those that are STORED or
    // DELETED already.
    virtual Result<std::vector<RecordingId>> Announce(const std::vector<Recording>& recordings, bool again,
                                                      TimePoint now) = 0;
    // The PENDING one whose time has come longest ago.
    virtual Result<std::optional<Recording>> NextDue(TimePoint now) = 0;
    // Tells RecordingStored. Harmless when it is STORED already.
    virtual Status MarkStored(const Recording& recording, TimePoint now) = 0;
    virtual Status MarkRetry(const RecordingId& id, int tries, TimePoint next, const std::string& error) = 0;
    // Tells RecordingFailed.
    virtual Status MarkFailed(const Recording& recording, const Error& error, TimePoint now) = 0;

    virtual Result<Recording> Find(const RecordingId& id) = 0;
    virtual Result<std::vector<Recording>> List(const Search& search) = 0;
    // The audit row of a play, and RecordingPlayed.
    virtual Status NotePlay(const Recording& recording, const Play& play, TimePoint now) = 0;
};

// The index as its caretaker sees it. Blocks; safe from several threads.
class Upkeep {
 public:
    virtual ~Upkeep() = default;
    // Both note the act and tell it. kFailedPrecondition RECORDING_HELD.
    virtual Status Hold(const Recording& recording, bool held, const Act& act, TimePoint now) = 0;
    virtual Status MarkDeleted(const Recording& recording, const Act& act, TimePoint now) = 0;
    // STORED ones that began before this and are not held, oldest first.
    virtual Result<std::vector<Recording>> OlderThan(TimePoint start, int limit) = 0;
    // DELETED ones whose audio may still be there.
    virtual Result<std::vector<RecordingId>> ToShred(int limit) = 0;
    virtual Status MarkShredded(const RecordingId& id) = 0;
    // The STORED one that was verified longest ago, if that was before this.
    virtual Result<std::optional<Recording>> NextToVerify(TimePoint before) = 0;
    virtual Status MarkVerified(const RecordingId& id, TimePoint now) = 0;
    // Tells RecordingDamaged; it counts as verified, so that others get their turn.
    virtual Status MarkDamaged(const Recording& recording, const Error& error, TimePoint now) = 0;
};

}  // namespace trunkline::recording

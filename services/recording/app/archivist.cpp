// The order of steps is the promise: the spool is freed last.
#include "recording/app/archivist.hpp"

#include "log/keys.hpp"
#include "log/log.hpp"

namespace trunkline::recording {

Status Archivist::Reconcile(bool at_start) {
    const auto waiting = ports_.spool.List();
    if (!waiting) return waiting.error();
    const auto stored = ports_.index.Announce(*waiting, at_start, ports_.clock.Now());
    if (!stored) return stored.error();
    for (const RecordingId& id : *stored) {
        if (auto freed = ports_.spool.Free(id); !freed) return freed;
    }
    return {};
}

Result<Archivist::Outcome> Archivist::WorkOnce() {
    const auto due = ports_.index.NextDue(ports_.clock.Now());
    if (!due) return due.error();
    if (!*due) return Outcome::kNothingDue;
    const auto stored = Store(**due);
    if (!stored) return OnFailure(**due, stored.error());
    if (const auto marked = ports_.index.MarkStored(*stored, ports_.clock.Now()); !marked) return marked.error();
    // A journal that stays is freed when the spool is looked at next.
    if (const auto freed = ports_.spool.Free(stored->id); !freed) {
        log::Warning("journal not freed yet",
                     {{log::kRecordingId, stored->id.str()}, {log::kError, freed.error().message}});
    }
    return Outcome::kStored;
}

Result<Recording> Archivist::Store(Recording recording) {
    const auto audio = ports_.source.Make(recording.id);
    if (!audio) return audio.error();
    recording.duration = (*audio)->duration;
    recording.gaps = (*audio)->gaps;
    const auto kept = ports_.vault.Keep(recording.id, **audio);
    if (!kept) return kept.error();
    recording.sha256 = kept->sha256;
    recording.size_bytes = kept->size_bytes;
    return recording;
}

Result<Archivist::Outcome> Archivist::OnFailure(const Recording& recording, const Error& error) {
    const int tries = recording.tries + 1;
    const Retry retry = AfterFailure(tries, error.code);
    log::Write(retry.give_up ? log::Level::kError : log::Level::kWarning, "recording not stored",
               {{log::kRecordingId, recording.id.str()},
                {log::kReason, error.reason},
                {log::kError, error.message},
                {log::kCount, tries}});
    const TimePoint now = ports_.clock.Now();
    const Status marked = retry.give_up ? ports_.index.MarkFailed(recording, error, now)
                                        : ports_.index.MarkRetry(recording.id, tries, now + retry.delay, error.message);
    if (!marked) return marked.error();
    return retry.give_up ? Outcome::kFailed : Outcome::kRetry;
}

}  // namespace trunkline::recording

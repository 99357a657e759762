// A deletion is first a fact in the database, then one on the disk; killed in between, the next Tidy goes on.
#include "recording/app/caretaker.hpp"

#include "log/keys.hpp"
#include "log/log.hpp"

namespace trunkline::recording {
namespace {

constexpr int kAtOnce = 100;
constexpr std::chrono::hours kVerifyEvery{7 * 24};
constexpr std::chrono::seconds kVerifyFor{3};

}  // namespace

Status Caretaker::Hold(const RecordingId& id, bool held, const Act& act) {
    const auto recording = FindFor(id, act);
    if (!recording) return recording.error();
    return ports_.upkeep.Hold(*recording, held, act, ports_.clock.Now());
}

Status Caretaker::Delete(const RecordingId& id, const Act& act) {
    const auto recording = FindFor(id, act);
    if (!recording) return recording.error();
    if (!Apply(recording->state, Change::kDeleted)) {
        return Error{Code::kFailedPrecondition, "NOT_STORED",
                     "the recording " + id.str() + " is not stored, so there is nothing to delete"};
    }
    if (auto marked = ports_.upkeep.MarkDeleted(*recording, act, ports_.clock.Now()); !marked) return marked;
    if (const Status shredded = ShredDeleted(); !shredded) {
        log::Warning("deleted audio not destroyed yet",
                     {{log::kRecordingId, id.str()}, {log::kError, shredded.error().message}});
    }
    return {};
}

Result<int> Caretaker::Tidy() {
    if (const Status deleted = DeleteOld(); !deleted) return deleted.error();
    if (const Status shredded = ShredDeleted(); !shredded) return shredded.error();
    return Verify();
}

Status Caretaker::DeleteOld() {
    if (retention_ == std::chrono::hours::zero()) return {};
    const TimePoint now = ports_.clock.Now();
    const auto old = ports_.upkeep.OlderThan(now - retention_, kAtOnce);
    if (!old) return old.error();
    const Act act{"system", "kept for " + std::to_string(retention_.count() / 24) + " days"};
    for (const Recording& recording : *old) {
        const Status deleted = ports_.upkeep.MarkDeleted(recording, act, now);
        // Held in this very moment: it stays.
        if (!deleted && deleted.error().code != Code::kFailedPrecondition) return deleted;
    }
    return {};
}

Status Caretaker::ShredDeleted() {
    const auto deleted = ports_.upkeep.ToShred(kAtOnce);
    if (!deleted) return deleted.error();
    for (const RecordingId& id : *deleted) {
        if (auto shredded = ports_.vault.Shred(id); !shredded) return shredded;
        if (auto marked = ports_.upkeep.MarkShredded(id); !marked) return marked;
    }
    return {};
}

Result<int> Caretaker::Verify() {
    int damaged = 0;
    const SteadyTime end = ports_.clock.SteadyNow() + kVerifyFor;
    while (ports_.clock.SteadyNow() < end) {
        const TimePoint now = ports_.clock.Now();
        const auto next = ports_.upkeep.NextToVerify(now - kVerifyEvery);
        if (!next) return next.error();
        if (!*next) break;
        const Recording& recording = **next;
        const Status whole = ports_.vault.Verify(recording.id, recording.sha256);
        if (!whole) {
            ++damaged;
            log::Error("stored recording damaged",
                       {{log::kRecordingId, recording.id.str()}, {log::kReason, whole.error().reason}});
        }
        const Status marked = whole ? ports_.upkeep.MarkVerified(recording.id, now)
                                    : ports_.upkeep.MarkDamaged(recording, whole.error(), now);
        if (!marked) return marked.error();
    }
    return damaged;
}

Result<Recording> Caretaker::FindFor(const RecordingId& id, const Act& act) {
    if (act.actor.empty()) return Error{Code::kInvalidArgument, "ACTOR_MISSING", "name who does it"};
    if (act.reason.empty()) return Error{Code::kInvalidArgument, "REASON_MISSING", "say why"};
    return ports_.index.Find(id);
}

}  // namespace trunkline::recording

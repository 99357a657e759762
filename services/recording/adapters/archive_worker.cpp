// Works until nothing is due, then waits for the bell or a second.
#include "recording/adapters/archive_worker.hpp"

#include "log/keys.hpp"
#include "log/log.hpp"

namespace trunkline::recording {
namespace {

constexpr std::chrono::seconds kLook{1};
constexpr std::chrono::minutes kReconcile{10};
constexpr std::chrono::minutes kTidy{1};
constexpr std::chrono::seconds kReconcileSoon{5};  // after one that failed

}  // namespace

void ArchiveWorker::Ring() {
    {
        const std::lock_guard lock(mutex_);
        rung_ = true;
    }
    changed_.notify_one();
}

void ArchiveWorker::Start() {
    thread_ = std::thread([this] { Run(); });
}

void ArchiveWorker::Stop() {
    {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
    }
    changed_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void ArchiveWorker::Run() {
    while (true) {
        ReconcileWhenDue();
        const bool more = Work();
        if (!more) TidyWhenDue();
        std::unique_lock lock(mutex_);
        if (!more) changed_.wait_for(lock, kLook, [&] { return rung_ || stopped_; });
        rung_ = false;
        if (stopped_) return;
    }
}

void ArchiveWorker::ReconcileWhenDue() {
    const SteadyTime now = clock_.SteadyNow();
    if (now < next_reconcile_) return;
    const Status done = archivist_.Reconcile(!started_);
    if (!done) log::Warning("spool not looked at", {{log::kError, done.error().message}});
    started_ = started_ || done.ok();
    next_reconcile_ = now + (done ? Duration(kReconcile) : Duration(kReconcileSoon));
}

// Callers' recordings go before; with nothing due, what is stored is looked after.
void ArchiveWorker::TidyWhenDue() {
    const SteadyTime now = clock_.SteadyNow();
    if (now < next_tidy_) return;
    const auto damaged = caretaker_.Tidy();
    if (!damaged) log::Warning("store not tidied", {{log::kError, damaged.error().message}});
    if (damaged) figures_.damaged.Increment(*damaged);
    next_tidy_ = now + kTidy;
}

bool ArchiveWorker::Work() {
    const auto outcome = archivist_.WorkOnce();
    if (!outcome) {
        log::Warning("index away", {{log::kError, outcome.error().message}});
        return false;
    }
    switch (*outcome) {
        case Archivist::Outcome::kNothingDue:
            return false;
        case Archivist::Outcome::kStored:
            figures_.stored.Increment();
            break;
        case Archivist::Outcome::kRetry:
            figures_.retried.Increment();
            break;
        case Archivist::Outcome::kFailed:
            figures_.failed.Increment();
            break;
    }
    return true;
}

}  // namespace trunkline::recording

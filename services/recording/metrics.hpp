// Figures of recording.
#pragma once
#include "metrics/metrics.hpp"
#include "recording/adapters/archive_worker.hpp"

namespace trunkline::recording {

// Alert on a rate of "retry" that lasts, and on any "failure" or damage.
inline ArchiveWorker::Figures MakeFigures(metrics::Registry& registry) {
    constexpr const char* kName = "trunkline_recording_tries_total";
    constexpr const char* kHelp = "Tries to store a recording, by result.";
    return {metrics::MakeCounter(registry, kName, kHelp, {{"result", "success"}}),
            metrics::MakeCounter(registry, kName, kHelp, {{"result", "retry"}}),
            metrics::MakeCounter(registry, kName, kHelp, {{"result", "failure"}}),
            metrics::MakeCounter(registry, "trunkline_recording_damaged_total",
                                 "Stored recordings that were found altered or lost.")};
}

}  // namespace trunkline::recording

// Writes all recording journals from one thread: media threads only append to memory.
#pragma once
#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "clock/clock.hpp"
#include "media/journal.hpp"
#include "media/types.hpp"

namespace trunkline::media {

// Of all journals together.
struct JournalTotals {
    std::atomic<uint64_t> bytes{0};
    std::atomic<uint64_t> gaps{0};
};

// The journal of one recording. Append side: any thread. File side: the writer's thread only.
class Journal {
 public:
    Journal(JournalHeader header, std::filesystem::path path, SteadyTime started);
    ~Journal();
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;

    SteadyTime started() const { return started_; }
    // Samples from the start of the recording to `now`.
    uint64_t PositionAt(SteadyTime now) const;

    // Copies the frame; while paused, closed or with too much waiting for the disk it is left out (the last is marked
    // as a gap).
    void Append(const JournalFrame& frame);
    void Pause(bool paused, SteadyTime now);
    // No more audio; the writer closes the file and tells RecordingClosed.
    void Close(SteadyTime now);

    // ---- the writer's thread ----
    // Writes what waits; creates the file first. True once the journal is closed and nothing more can be done for it.
    bool Write(const std::function<void(Event)>& tell, JournalTotals& totals);
    // Makes what was written safe. A file that cannot be synced is never trusted again: a new part begins.
    void Sync(const std::function<void(Event)>& tell, JournalTotals& totals);
    RecordingClosed Finish(const std::function<void(Event)>& tell, JournalTotals& totals);

 private:
    // Samples [first, end) of the time line.
    struct Range {
        uint64_t first = 0;
        uint64_t end = 0;
        bool empty() const { return first >= end; }
        void Cover(const Range& other);
    };
    // These two need mutex_.
    void EncodeLost();
    void EncodePause(SteadyTime now);

    bool TakePending();
    bool OpenFile();
    // Of the file; 0 or the error number.
    int WriteOut(JournalTotals& totals);
    void Fail(int error, const std::function<void(Event)>& tell);
    void Lose(const Range& range, JournalTotals& totals);

    const JournalHeader header_;
    const std::filesystem::path path_;
    const SteadyTime started_;

    std::mutex mutex_;
    std::vector<uint8_t> pending_;
    Range pending_range_;
    Range lost_;
    bool ever_lost_ = false;
    bool paused_ = false;
    bool closed_ = false;
    uint64_t paused_from_ = 0;
    uint64_t resumed_at_ = 0;
    uint64_t length_ = 0;

    // The writer's.
    int file_ = -1;
    int part_ = 0;
    bool failing_ = false;
    std::vector<uint8_t> unwritten_;
    Range unwritten_range_;
    Range unsynced_;
};

class JournalWriter {
 public:
    // `tell` is called on the writer's thread with RecordingClosed and RecordingFailing.
    JournalWriter(const Clock& clock, std::function<void(Event)> tell);
    // Same as Stop().
    ~JournalWriter();

    // Never blocks on the disk: the file is created by the writer's thread.
    std::shared_ptr<Journal> Open(const RecordingId& recording, const std::filesystem::path& path);
    void Close(const std::shared_ptr<Journal>& journal);
    // Closes what is open and waits until all is written.
    void Stop();
    const JournalTotals& totals() const { return totals_; }

 private:
    void Run();

    const Clock& clock_;
    std::function<void(Event)> tell_;
    JournalTotals totals_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<std::shared_ptr<Journal>> journals_;
    bool awake_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace trunkline::media

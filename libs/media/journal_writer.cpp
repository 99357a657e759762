// Writes all recording journals from one thread.
#include "media/journal_writer.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "log/keys.hpp"
#include "log/log.hpp"
#include "media/frame.hpp"

namespace trunkline::media {
namespace {

// A killed process loses at most this much, a power cut the second interval more.
constexpr auto kWriteInterval = std::chrono::milliseconds(500);
constexpr Duration kSyncInterval = std::chrono::seconds(1);
// What one recording may hold in memory while the disk does not take it: about 10 s.
constexpr size_t kLargestBacklog = 256 * 1024;

// A new name is safe only when its folder is.
void SyncFolder(const std::filesystem::path& file) {
    const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return;
    fsync(descriptor);
    close(descriptor);
}

}  // namespace

void Journal::Range::Cover(const Range& other) {
    if (other.empty()) return;
    first = empty() ? other.first : std::min(first, other.first);
    end = std::max(end, other.end);
}

Journal::Journal(JournalHeader header, std::filesystem::path path, SteadyTime started)
    : header_(std::move(header)), path_(std::move(path)), started_(started) {}

Journal::~Journal() {
    if (file_ >= 0) close(file_);
}

uint64_t Journal::PositionAt(SteadyTime now) const {
    const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(now - started_).count();
    return static_cast<uint64_t>(std::max<int64_t>(0, micros)) * kSamplesPerMilli / 1000;
}

void Journal::Append(const JournalFrame& frame) {
    const Range range{frame.start_sample, frame.start_sample + frame.samples};
    const std::scoped_lock lock(mutex_);
    // What was spoken during the pause may arrive after it.
    if (closed_ || paused_ || frame.start_sample < resumed_at_) return;
    if (pending_.size() > kLargestBacklog) {
        lost_.Cover(range);
        return;
    }
    EncodeLost();
    EncodeFrame(frame, pending_);
    pending_range_.Cover(range);
}

void Journal::Pause(bool paused, SteadyTime now) {
    const std::scoped_lock lock(mutex_);
    if (paused == paused_ || closed_) return;
    if (paused) {
        paused_from_ = PositionAt(now);
    } else {
        EncodePause(now);
        resumed_at_ = PositionAt(now);
    }
    paused_ = paused;
}

void Journal::Close(SteadyTime now) {
    const std::scoped_lock lock(mutex_);
    if (closed_) return;
    if (paused_) EncodePause(now);
    length_ = std::max(PositionAt(now), pending_range_.end);
    JournalFrame frame;
    frame.kind = FrameKind::kClose;
    frame.start_sample = length_;
    EncodeFrame(frame, pending_);
    closed_ = true;
}

void Journal::EncodeLost() {
    if (lost_.empty()) return;
    JournalFrame frame;
    frame.kind = FrameKind::kGap;
    frame.start_sample = lost_.first;
    frame.samples = static_cast<uint32_t>(lost_.end - lost_.first);
    EncodeFrame(frame, pending_);
    lost_ = {};
    ever_lost_ = true;
}

void Journal::EncodePause(SteadyTime now) {
    JournalFrame frame;
    frame.kind = FrameKind::kPause;
    frame.start_sample = paused_from_;
    frame.samples = static_cast<uint32_t>(PositionAt(now) - paused_from_);
    EncodeFrame(frame, pending_);
}

bool Journal::TakePending() {
    const std::scoped_lock lock(mutex_);
    EncodeLost();
    if (unwritten_.empty()) {
        unwritten_.swap(pending_);
    } else {
        unwritten_.insert(unwritten_.end(), pending_.begin(), pending_.end());
    }
    pending_.clear();
    unwritten_range_.Cover(pending_range_);
    pending_range_ = {};
    return closed_;
}

bool Journal::OpenFile() {
    const std::string name = part_ == 0 ? path_.string() : path_.string() + "." + std::to_string(part_ + 1);
    file_ = open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0640);
    if (file_ < 0) return false;
    ++part_;
    SyncFolder(name);
    std::vector<uint8_t> header;
    EncodeHeader(header_, header);
    unwritten_.insert(unwritten_.begin(), header.begin(), header.end());
    return true;
}

int Journal::WriteOut(JournalTotals& totals) {
    size_t done = 0;
    int error = 0;
    while (done < unwritten_.size() && error == 0) {
        const ssize_t count = write(file_, &unwritten_[done], unwritten_.size() - done);
        if (count >= 0) {
            done += static_cast<size_t>(count);
        } else if (errno != EINTR) {
            error = errno;
        }
    }
    totals.bytes += done;
    unwritten_.erase(unwritten_.begin(), unwritten_.begin() + static_cast<std::ptrdiff_t>(done));
    if (done > 0) unsynced_.Cover(unwritten_range_);
    if (unwritten_.empty()) unwritten_range_ = {};
    return error;
}

bool Journal::Write(const std::function<void(Event)>& tell, JournalTotals& totals) {
    const bool closed = TakePending();
    int error = 0;
    if (file_ < 0 && !OpenFile()) error = errno;
    if (error == 0) error = WriteOut(totals);
    if (error == 0) {
        failing_ = false;
        return closed;
    }
    Fail(error, tell);
    if (closed || unwritten_.size() > kLargestBacklog) {
        Lose(unwritten_range_, totals);
        unwritten_.clear();
        unwritten_range_ = {};
    }
    return closed;
}

void Journal::Sync(const std::function<void(Event)>& tell, JournalTotals& totals) {
    if (file_ < 0 || unsynced_.empty()) return;
    if (fdatasync(file_) != 0) {
        // The kernel may have dropped the pages, and a second fdatasync would say that all is well.
        Fail(errno, tell);
        Lose(unsynced_, totals);
        close(file_);
        file_ = -1;
    }
    unsynced_ = {};
}

RecordingClosed Journal::Finish(const std::function<void(Event)>& tell, JournalTotals& totals) {
    Sync(tell, totals);
    if (file_ >= 0) close(file_);
    file_ = -1;
    const std::scoped_lock lock(mutex_);
    return {header_.recording, path_, length_, !ever_lost_ && lost_.empty() && !failing_};
}

void Journal::Fail(int error, const std::function<void(Event)>& tell) {
    if (failing_) return;
    failing_ = true;
    const std::string reason = std::strerror(error);
    log::Error("a recording cannot be written; the call goes on",
               {{log::kRecordingId, header_.recording.str()}, {log::kError, reason}});
    tell(RecordingFailing{header_.recording, reason});
}

void Journal::Lose(const Range& range, JournalTotals& totals) {
    ++totals.gaps;
    const std::scoped_lock lock(mutex_);
    lost_.Cover(range);
    ever_lost_ = true;
}

JournalWriter::JournalWriter(const Clock& clock, std::function<void(Event)> tell)
    : clock_(clock), tell_(std::move(tell)), thread_([this] { Run(); }) {}

JournalWriter::~JournalWriter() { Stop(); }

std::shared_ptr<Journal> JournalWriter::Open(const RecordingId& recording, const std::filesystem::path& path) {
    auto journal =
        std::make_shared<Journal>(JournalHeader{recording, ToUnixMillis(clock_.Now())}, path, clock_.SteadyNow());
    const std::scoped_lock lock(mutex_);
    journals_.push_back(journal);
    awake_ = true;
    wake_.notify_one();
    return journal;
}

void JournalWriter::Close(const std::shared_ptr<Journal>& journal) {
    journal->Close(clock_.SteadyNow());
    const std::scoped_lock lock(mutex_);
    awake_ = true;
    wake_.notify_one();
}

void JournalWriter::Stop() {
    {
        const std::scoped_lock lock(mutex_);
        for (const auto& journal : journals_) journal->Close(clock_.SteadyNow());
        stopping_ = true;
        wake_.notify_one();
    }
    if (thread_.joinable()) thread_.join();
}

void JournalWriter::Run() {
    SteadyTime synced = clock_.SteadyNow();
    bool running = true;
    while (running) {
        std::vector<std::shared_ptr<Journal>> journals;
        {
            std::unique_lock lock(mutex_);
            wake_.wait_for(lock, kWriteInterval, [this] { return awake_ || stopping_; });
            awake_ = false;
            running = !stopping_;
            journals = journals_;
        }
        const bool sync = clock_.SteadyNow() - synced >= kSyncInterval;
        if (sync) synced = clock_.SteadyNow();
        for (const auto& journal : journals) {
            if (!journal->Write(tell_, totals_)) {
                if (sync) journal->Sync(tell_, totals_);
                continue;
            }
            tell_(journal->Finish(tell_, totals_));
            const std::scoped_lock lock(mutex_);
            std::erase(journals_, journal);
        }
    }
}

}  // namespace trunkline::media

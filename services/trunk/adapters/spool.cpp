// Journals and the files beside them.
#include "trunk/adapters/spool.hpp"

#include <google/protobuf/util/json_util.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "log/keys.hpp"
#include "log/log.hpp"
#include "media/journal.hpp"
#include "trunk/adapters/codec.hpp"
#include "trunk/adapters/files.hpp"

namespace trunkline::trunk {
namespace {

constexpr uint64_t kSamplesPerSecond = 8000;
constexpr auto kMeasureInterval = std::chrono::seconds(2);

Duration LengthOf(uint64_t samples) {
    return std::chrono::nanoseconds(samples * (1'000'000'000ULL / kSamplesPerSecond));
}

uint64_t LengthOfJournal(const std::filesystem::path& path) {
    auto reader = media::JournalReader::Open(path);
    if (!reader.ok()) {
        return 0;
    }
    while (reader->Next()) {
    }
    return reader->report().length;
}

std::string ReadWhole(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

}  // namespace

Spool::Spool(std::filesystem::path directory, Finished finished)
    : directory_(std::move(directory)), finished_(std::move(finished)) {
    std::error_code error;
    std::filesystem::create_directories(directory_, error);
    if (error) {
        throw std::runtime_error("spool.directory = " + directory_.string() + " cannot be made: " + error.message());
    }
    Measure();
}

Spool::~Spool() { Stop(); }

std::filesystem::path Spool::PathOf(const RecordingId& recording) const {
    return directory_ / (recording.str() + ".journal");
}

bool Spool::IsSafe(const RecordingId& recording) {
    constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
    return !recording.empty() && recording.str().size() <= 64 &&
           recording.str().find_first_not_of(kAllowed) == std::string::npos;
}

void Spool::Work(std::function<void()> task) {
    const std::lock_guard lock(mutex_);
    tasks_.push_back(std::move(task));
    wake_.notify_one();
}

void Spool::Begin(v1::Journal journal) {
    {
        const std::lock_guard lock(mutex_);
        open_[journal.recording_id()] = journal;
    }
    Work([this, journal = std::move(journal)] { Store(journal); });
}

void Spool::Finish(const RecordingId& recording, uint64_t samples) {
    Work([this, recording, samples] {
        v1::Journal journal;
        {
            const std::lock_guard lock(mutex_);
            const auto found = open_.find(recording.str());
            if (found == open_.end()) {
                return;
            }
            journal = found->second;
        }
        Complete(std::move(journal), samples);
    });
}

void Spool::Complete(v1::Journal journal, uint64_t samples) {
    *journal.mutable_duration() = ToProtoDuration(LengthOf(samples));
    int64_t size = 0;
    for (const auto& part : PartsOf(RecordingId(journal.recording_id()))) {
        std::error_code error;
        size += static_cast<int64_t>(std::filesystem::file_size(part, error));
    }
    journal.set_size_bytes(size);
    Store(journal);
    {
        const std::lock_guard lock(mutex_);
        open_.erase(journal.recording_id());
        done_[journal.recording_id()] = journal;
    }
    finished_(journal);
}

void Spool::Store(const v1::Journal& journal) {
    std::string text;
    (void)google::protobuf::util::MessageToJsonString(journal, &text);
    const Status written = WriteFileSafely(directory_ / (journal.recording_id() + ".json"), text);
    if (!written.ok()) {
        log::Error("the description of a recording cannot be written",
                   {{log::kRecordingId, journal.recording_id()}, {log::kError, written.error().message}});
    }
}

void Spool::Load() {
    for (const auto& entry : std::filesystem::directory_iterator(directory_)) {
        if (entry.path().extension() != ".json") {
            continue;
        }
        v1::Journal journal;
        const auto parsed = google::protobuf::util::JsonStringToMessage(ReadWhole(entry.path()), &journal);
        const RecordingId recording(journal.recording_id());
        if (!parsed.ok() || !IsSafe(recording)) {
            log::Error("a file of the spool is not a description of a recording",
                       {{log::kSource, entry.path().string()}});
            continue;
        }
        if (journal.has_duration()) {
            {
                const std::lock_guard lock(mutex_);
                done_[recording.str()] = journal;
            }
            finished_(journal);
        } else {
            // Its call died with the process; what was said until then is kept.
            log::Warning("a recording was cut off by a restart", {{log::kRecordingId, recording.str()}});
            Complete(std::move(journal), LengthOfJournal(PathOf(recording)));
        }
    }
}

void Spool::Measure() {
    struct statvfs file_system {};
    const bool known = ::statvfs(directory_.c_str(), &file_system) == 0;
    const uint64_t free = known ? file_system.f_bavail * file_system.f_frsize : 0;
    has_room_ = free >= kSpoolReserveBytes && ::access(directory_.c_str(), W_OK) == 0;
}

std::vector<std::filesystem::path> Spool::PartsOf(const RecordingId& recording) const {
    std::vector<std::filesystem::path> parts{PathOf(recording)};
    for (int number = 2;; ++number) {
        auto part = PathOf(recording);
        part += "." + std::to_string(number);
        if (!std::filesystem::exists(part)) {
            return parts;
        }
        parts.push_back(std::move(part));
    }
}

std::vector<v1::Journal> Spool::List() const {
    const std::lock_guard lock(mutex_);
    std::vector<v1::Journal> journals;
    for (const auto& [id, journal] : done_) {
        journals.push_back(journal);
    }
    return journals;
}

Result<std::string> Spool::Read(const RecordingId& recording, uint64_t offset, size_t limit) const {
    {
        const std::lock_guard lock(mutex_);
        if (!done_.contains(recording.str())) {
            return Error{Code::kNotFound, "UNKNOWN_RECORDING", "the spool has no finished journal " + recording.str()};
        }
    }
    for (const auto& part : PartsOf(recording)) {
        std::error_code error;
        const uint64_t size = std::filesystem::file_size(part, error);
        if (error) {
            return Error{Code::kDataLoss, "JOURNAL_UNREADABLE", part.string() + ": " + error.message()};
        }
        if (offset >= size) {
            offset -= size;
            continue;
        }
        std::ifstream stream(part, std::ios::binary);
        stream.seekg(static_cast<std::streamoff>(offset));
        std::string bytes(std::min<uint64_t>(limit, size - offset), '\0');
        stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        if (!stream) {
            return Error{Code::kDataLoss, "JOURNAL_UNREADABLE", part.string() + " cannot be read"};
        }
        return bytes;
    }
    return std::string();
}

Status Spool::Free(const RecordingId& recording) {
    if (!IsSafe(recording)) {
        return Error{Code::kInvalidArgument, "INVALID", "recording_id has letters, digits and - only"};
    }
    {
        const std::lock_guard lock(mutex_);
        if (open_.contains(recording.str())) {
            return Error{Code::kFailedPrecondition, "RECORDING_OPEN", "the recording is still being written"};
        }
        done_.erase(recording.str());
    }
    std::error_code error;
    for (const auto& part : PartsOf(recording)) {
        std::filesystem::remove(part, error);
    }
    std::filesystem::remove(directory_ / (recording.str() + ".json"), error);
    return {};
}

void Spool::Start() {
    thread_ = std::thread([this] { Run(); });
}

void Spool::Run() {
    Load();
    std::unique_lock lock(mutex_);
    while (true) {
        wake_.wait_for(lock, kMeasureInterval, [this] { return is_stopping_ || !tasks_.empty(); });
        if (tasks_.empty()) {
            if (is_stopping_) {
                return;
            }
            lock.unlock();
            Measure();
            lock.lock();
            continue;
        }
        const auto task = std::move(tasks_.front());
        tasks_.pop_front();
        lock.unlock();
        task();
        lock.lock();
    }
}

void Spool::Stop() {
    {
        const std::lock_guard lock(mutex_);
        is_stopping_ = true;
        wake_.notify_one();
    }
    if (thread_.joinable()) {
        thread_.join();
    }
}

}  // namespace trunkline::trunk

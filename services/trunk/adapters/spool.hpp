// The spool of recordings: journals that the media engine writes, each with a small file that tells whose it is. They
// wait here until they are stored elsewhere and freed.
//
//   <recording_id>.journal[.2 ...]  audio      <recording_id>.json  trunk.v1.Journal; `duration` once it is finished
#pragma once
#include <atomic>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "ids/ids.hpp"
#include "result/result.hpp"
#include "service/host.hpp"
#include "trunkline/trunk/v1/resources.pb.h"

namespace trunkline::trunk {

inline constexpr uint64_t kSpoolReserveBytes = 256ULL * 1024 * 1024;  // below it nothing new is recorded

// Begin, Finish and HasRoom never wait for the disk; a thread of its own does. The others block.
class Spool final : public service::Component {
 public:
    using Finished = std::function<void(const v1::Journal&)>;

    // Makes the folder; throws std::runtime_error naming it. `finished` is told of every journal that can be fetched,
    // on the spool's thread; after a restart again of those that wait.
    Spool(std::filesystem::path directory, Finished finished);
    ~Spool() override;

    const std::filesystem::path& directory() const { return directory_; }
    bool HasRoom() const { return has_room_; }
    std::filesystem::path PathOf(const RecordingId& recording) const;
    // A name that is safe in a file system: letters, digits and "-", at most 64.
    static bool IsSafe(const RecordingId& recording);
    void Begin(v1::Journal journal);
    void Finish(const RecordingId& recording, uint64_t samples);

    std::vector<v1::Journal> List() const;
    // Bytes of the journal from `offset` on, at most `limit`; empty at the end. NOT_FOUND/UNKNOWN_RECORDING.
    Result<std::string> Read(const RecordingId& recording, uint64_t offset, size_t limit) const;
    // Freeing what is not there is no error.
    Status Free(const RecordingId& recording);

    void Start() override;
    void Stop() override;

 private:
    void Run();
    void Work(std::function<void()> task);
    void Load();
    void Complete(v1::Journal journal, uint64_t samples);
    void Store(const v1::Journal& journal);
    void Measure();
    std::vector<std::filesystem::path> PartsOf(const RecordingId& recording) const;

    const std::filesystem::path directory_;
    const Finished finished_;
    std::atomic<bool> has_room_{false};
    mutable std::mutex mutex_;  // guards what follows
    std::condition_variable wake_;
    std::deque<std::function<void()>> tasks_;
    std::map<std::string, v1::Journal> open_;
    std::map<std::string, v1::Journal> done_;
    bool is_stopping_ = false;
    std::thread thread_;
};

}  // namespace trunkline::trunk

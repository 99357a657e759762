// Prompts in memory: loads WAV files on a thread of its own, so that neither commands nor media threads wait for disks.
#pragma once
#include <atomic>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "clock/clock.hpp"

namespace trunkline::media {

// One file. `samples` may be read once `state` is kReady and never changes then.
struct Prompt {
    enum class State { kLoading, kReady, kFailed };

    std::atomic<State> state{State::kLoading};
    std::vector<int16_t> samples;
};

class PromptCache {
 public:
    // Keeps about `capacity_bytes` of audio; the longest unused go first.
    explicit PromptCache(const Clock& clock, size_t capacity_bytes = 256 << 20);
    ~PromptCache();

    // Shared with the players that use it. Does not wait: the prompt may still be loading. Any thread.
    std::shared_ptr<const Prompt> Get(const std::filesystem::path& path);
    void Stop();

 private:
    struct Entry {
        std::shared_ptr<Prompt> prompt;
        std::filesystem::file_time_type modified{};
        SteadyTime used{};
        SteadyTime checked{};
    };
    void Run();
    void Load(const std::string& path);
    void Evict();

    const Clock& clock_;
    const size_t capacity_bytes_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::unordered_map<std::string, Entry> entries_;
    std::deque<std::string> jobs_;
    size_t bytes_ = 0;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace trunkline::media

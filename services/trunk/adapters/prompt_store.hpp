// The audio that applications may play: files named by their SHA-256, so a prompt never changes under a call; and the
// built-in music on hold.
#pragma once
#include <filesystem>
#include <mutex>
#include <string>
#include <unordered_set>

#include "result/result.hpp"

namespace trunkline::trunk {

inline constexpr size_t kMaxPromptBytes = 3'670'016;  // 3.5 MiB

class PromptStore {
 public:
    // Makes the folder and the music, and lists what is there. Throws std::runtime_error naming the folder.
    explicit PromptStore(std::filesystem::path directory);

    // Blocking. INVALID_ARGUMENT: PROMPT_HASH when `id` is not the SHA-256 of `wav`, PROMPT_FORMAT when it is not mono
    // 8 kHz PCM, PROMPT_SIZE. UNAVAILABLE/PROMPT_WRITE_FAILED.
    Status Put(const std::string& id, const std::string& wav);
    // Never waits for the disk; safe from any thread.
    bool Has(const std::string& id) const;
    std::filesystem::path PathOf(const std::string& id) const { return directory_ / (id + ".wav"); }
    std::filesystem::path Music() const { return directory_ / "music.wav"; }

 private:
    std::filesystem::path directory_;
    mutable std::mutex mutex_;  // guards known_
    std::unordered_set<std::string> known_;
};

// Lower-case hexadecimal SHA-256.
std::string Sha256(const std::string& bytes);

}  // namespace trunkline::trunk

// Prompts in memory.
#include "media/prompt_cache.hpp"

#include <algorithm>
#include <system_error>

#include "log/keys.hpp"
#include "log/log.hpp"
#include "media/wav.hpp"

namespace trunkline::media {
namespace {

constexpr Duration kCheckInterval = std::chrono::seconds(5);

std::vector<int16_t> LeftChannel(Wav wav) {
    if (wav.channels == 1) return std::move(wav.samples);
    std::vector<int16_t> left;
    left.reserve(wav.samples.size() / 2);
    for (size_t i = 0; i < wav.samples.size(); i += 2) left.push_back(wav.samples[i]);
    return left;
}

size_t Bytes(const Prompt& prompt) { return prompt.samples.size() * sizeof(int16_t); }

}  // namespace

PromptCache::PromptCache(const Clock& clock, size_t capacity_bytes)
    : clock_(clock), capacity_bytes_(capacity_bytes), thread_([this] { Run(); }) {}

PromptCache::~PromptCache() { Stop(); }

std::shared_ptr<const Prompt> PromptCache::Get(const std::filesystem::path& path) {
    const SteadyTime now = clock_.SteadyNow();
    const std::scoped_lock lock(mutex_);
    Entry& entry = entries_[path.string()];
    const bool unknown = entry.prompt == nullptr;
    if (unknown) entry.prompt = std::make_shared<Prompt>();
    if (unknown || now - entry.checked >= kCheckInterval) {
        entry.checked = now;
        jobs_.push_back(path.string());
        wake_.notify_one();
    }
    entry.used = now;
    return entry.prompt;
}

void PromptCache::Stop() {
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
        wake_.notify_one();
    }
    if (thread_.joinable()) thread_.join();
}

void PromptCache::Run() {
    while (true) {
        std::string path;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
            if (stopping_) return;
            path = std::move(jobs_.front());
            jobs_.pop_front();
        }
        Load(path);
    }
}

void PromptCache::Load(const std::string& path) {
    std::error_code ignored;
    const auto modified = std::filesystem::last_write_time(path, ignored);
    {
        const std::scoped_lock lock(mutex_);
        const auto found = entries_.find(path);
        if (found == entries_.end()) return;
        const Entry& entry = found->second;
        if (entry.prompt->state == Prompt::State::kReady && entry.modified == modified) return;
    }
    auto wav = ReadWav(path);
    const std::scoped_lock lock(mutex_);
    Entry& entry = entries_[path];
    if (entry.prompt->state == Prompt::State::kReady) {
        // Who plays the old one plays it to its end.
        bytes_ -= Bytes(*entry.prompt);
        entry.prompt = std::make_shared<Prompt>();
    }
    if (!wav) {
        log::Warning("a prompt cannot be played", {{log::kSource, path}, {log::kError, wav.error().message}});
        entry.prompt->state = Prompt::State::kFailed;
        entries_.erase(path);
        return;
    }
    entry.prompt->samples = LeftChannel(std::move(*wav));
    entry.prompt->state = Prompt::State::kReady;
    entry.modified = modified;
    bytes_ += Bytes(*entry.prompt);
    Evict();
}

void PromptCache::Evict() {
    const auto older = [](const auto& a, const auto& b) { return a.second.used < b.second.used; };
    while (bytes_ > capacity_bytes_ && entries_.size() > 1) {
        const auto oldest = std::min_element(entries_.begin(), entries_.end(), older);
        if (oldest->second.prompt->state == Prompt::State::kReady) bytes_ -= Bytes(*oldest->second.prompt);
        entries_.erase(oldest);
    }
}

}  // namespace trunkline::media

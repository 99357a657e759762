// Speaks texts once, keeps what was spoken or uploaded, and sees to it that the trunk gateway has it.
#pragma once
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "ivr/app/ports.hpp"

namespace trunkline::ivr {

// Safe from any thread; all but Find and Ids block.
class PromptDesk {
 public:
    PromptDesk(SpeechEngine& engine, PromptShelf& shelf, PromptGateway& gateway)
        : engine_(engine), shelf_(shelf), gateway_(gateway) {}

    // Learns what is on the shelf.
    Status Load();
    std::optional<PromptId> Find(const Text& text) const;
    std::set<std::string> Ids() const;

    // Speaks a text unless it was spoken before.
    Result<Prompt> Speak(const Text& text);
    Result<Prompt> Upload(const Bytes& wav, const std::string& title);
    // Gives the gateway those of the prompts that it misses.
    Status Push(const std::vector<PromptId>& ids);
    Status PushAll();
    // Speaks the texts among the items, then pushes everything.
    Status Prepare(const std::vector<PromptItem>& items);

 private:
    void Remember(const Prompt& prompt);

    SpeechEngine& engine_;
    PromptShelf& shelf_;
    PromptGateway& gateway_;
    mutable std::mutex mutex_;
    std::map<Text, Prompt> spoken_;
    std::set<std::string> ids_;
};

}  // namespace trunkline::ivr

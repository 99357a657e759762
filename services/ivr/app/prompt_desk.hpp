// Speaks texts once, keeps what was spoken or uploaded, and sees to it that the trunk gateway has it.
#pragma once
#include <list>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "ivr/app/ports.hpp"

namespace trunkline::ivr {

// Safe from any thread; all but Find and UploadedIds block.
class PromptDesk {
 public:
    // Some 400 MB of files. A text that was not used for longest is spoken again when it is wanted again.
    static constexpr size_t kMostSpoken = 5000;

    PromptDesk(SpeechEngine& engine, PromptShelf& shelf, PromptGateway& gateway, size_t most_spoken = kMostSpoken)
        : engine_(engine), shelf_(shelf), gateway_(gateway), most_spoken_(most_spoken) {}

    // Learns what is on the shelf.
    Status Load();
    std::optional<PromptId> Find(const Text& text) const;
    // Of those that a flow may name: spoken ones come and go.
    std::set<std::string> UploadedIds() const;

    // Speaks a text unless it was spoken before.
    Result<Prompt> Speak(const Text& text);
    Result<Prompt> Upload(const Bytes& wav, const std::string& title);
    // Gives the gateway those of the prompts that it misses.
    Status Push(const std::vector<PromptId>& ids);
    Status PushAll();
    // Speaks the texts among the items, then pushes everything.
    Status Prepare(const std::vector<PromptItem>& items);

 private:
    struct Spoken {
        Prompt prompt;
        std::list<Text>::iterator use;
    };
    // Finds it and makes it the one used last; needs mutex_.
    const Prompt* Use(const Text& text) const;
    Result<Prompt> Keep(const Bytes& wav, Prompt prompt);
    std::set<std::string> AllIds() const;
    void Remember(const Prompt& prompt);
    void Note(const Prompt& prompt);
    // Takes out what was not used for longest, when there are too many.
    std::optional<Prompt> TakeOldest();
    // Does another prompt have these bytes?
    bool IsKept(const PromptId& id) const;

    SpeechEngine& engine_;
    PromptShelf& shelf_;
    PromptGateway& gateway_;
    mutable std::mutex mutex_;
    const size_t most_spoken_;
    std::mutex keeping_;  // held while files change; never by Find, for which callers wait
    std::map<Text, Spoken> spoken_;
    mutable std::list<Text> uses_;           // the texts of spoken_, oldest use first
    std::map<std::string, int> spoken_ids_;  // how many of spoken_ have these bytes
    std::set<std::string> uploaded_ids_;
};

}  // namespace trunkline::ivr

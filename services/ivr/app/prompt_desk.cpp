// The way of a prompt: engine, shelf, index, gateway.
#include "ivr/app/prompt_desk.hpp"

namespace trunkline::ivr {
namespace {

// Above this a list of ids would not fit into one request of 4 MiB by far; it keeps answers quick.
constexpr size_t kIdsAtOnce = 1000;

}  // namespace

Status PromptDesk::Load() {
    const auto prompts = shelf_.List();
    if (!prompts) return prompts.error();
    for (const Prompt& prompt : *prompts) Remember(prompt);
    return {};
}

std::optional<PromptId> PromptDesk::Find(const Text& text) const {
    const std::lock_guard lock(mutex_);
    const Prompt* found = Use(text);
    return found ? std::optional(found->id) : std::nullopt;
}

std::set<std::string> PromptDesk::UploadedIds() const {
    const std::lock_guard lock(mutex_);
    return uploaded_ids_;
}

Result<Prompt> PromptDesk::Speak(const Text& text) {
    {
        const std::lock_guard lock(mutex_);
        if (const Prompt* found = Use(text)) return *found;
    }
    const auto wav = engine_.Speak(text);
    if (!wav) return wav.error();
    return Keep(*wav, Prompt{{}, 0, text, ""});
}

Result<Prompt> PromptDesk::Upload(const Bytes& wav, const std::string& title) {
    return Keep(wav, Prompt{{}, 0, {}, title});
}

Status PromptDesk::Push(const std::vector<PromptId>& ids) {
    if (ids.empty()) return {};
    const auto missing = gateway_.FindMissing(ids);
    if (!missing) return missing.error();
    for (const PromptId& id : *missing) {
        const auto wav = shelf_.Read(id);
        if (!wav) return wav.error();
        if (auto status = gateway_.Put(id, *wav); !status) return status;
    }
    return {};
}

Status PromptDesk::PushAll() {
    std::vector<PromptId> ids;
    for (const std::string& id : AllIds()) {
        ids.push_back({id});
        if (ids.size() < kIdsAtOnce) continue;
        if (auto status = Push(ids); !status) return status;
        ids.clear();
    }
    return Push(ids);
}

Status PromptDesk::Prepare(const std::vector<PromptItem>& items) {
    std::vector<PromptId> ids;
    for (const PromptItem& item : items) {
        if (const auto* text = std::get_if<Text>(&item)) {
            const auto prompt = Speak(*text);
            if (!prompt) return prompt.error();
            ids.push_back(prompt->id);
        } else if (const auto* id = std::get_if<PromptId>(&item)) {
            ids.push_back(*id);
        }
    }
    return Push(ids);
}

const Prompt* PromptDesk::Use(const Text& text) const {
    const auto found = spoken_.find(text);
    if (found == spoken_.end()) return nullptr;
    uses_.splice(uses_.end(), uses_, found->second.use);
    return &found->second.prompt;
}

// One after the other, so that no file is dropped that was just kept.
Result<Prompt> PromptDesk::Keep(const Bytes& wav, Prompt prompt) {
    const std::lock_guard lock(keeping_);
    auto kept = shelf_.Keep(wav, std::move(prompt));
    if (kept) Remember(*kept);
    return kept;
}

void PromptDesk::Remember(const Prompt& prompt) {
    Note(prompt);
    while (const auto oldest = TakeOldest()) shelf_.Drop(*oldest, !IsKept(oldest->id));
}

void PromptDesk::Note(const Prompt& prompt) {
    const std::lock_guard lock(mutex_);
    if (prompt.text.empty()) {
        uploaded_ids_.insert(prompt.id.sha256);
        return;
    }
    // Two callers may have had the same text spoken at once.
    if (Use(prompt.text)) return;
    spoken_[prompt.text] = {prompt, uses_.insert(uses_.end(), prompt.text)};
    ++spoken_ids_[prompt.id.sha256];
}

std::optional<Prompt> PromptDesk::TakeOldest() {
    const std::lock_guard lock(mutex_);
    if (spoken_.size() <= most_spoken_) return std::nullopt;
    const auto oldest = spoken_.find(uses_.front());
    Prompt prompt = std::move(oldest->second.prompt);
    spoken_.erase(oldest);
    uses_.pop_front();
    if (--spoken_ids_[prompt.id.sha256] == 0) spoken_ids_.erase(prompt.id.sha256);
    return prompt;
}

bool PromptDesk::IsKept(const PromptId& id) const {
    const std::lock_guard lock(mutex_);
    return spoken_ids_.contains(id.sha256) || uploaded_ids_.contains(id.sha256);
}

std::set<std::string> PromptDesk::AllIds() const {
    const std::lock_guard lock(mutex_);
    std::set<std::string> ids = uploaded_ids_;
    for (const auto& [id, count] : spoken_ids_) ids.insert(id);
    return ids;
}

}  // namespace trunkline::ivr

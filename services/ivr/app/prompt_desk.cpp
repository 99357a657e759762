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
    const auto found = spoken_.find(text);
    return found == spoken_.end() ? std::nullopt : std::optional(found->second.id);
}

std::set<std::string> PromptDesk::Ids() const {
    const std::lock_guard lock(mutex_);
    return ids_;
}

Result<Prompt> PromptDesk::Speak(const Text& text) {
    {
        const std::lock_guard lock(mutex_);
        if (const auto found = spoken_.find(text); found != spoken_.end()) return found->second;
    }
    const auto wav = engine_.Speak(text);
    if (!wav) return wav.error();
    auto prompt = shelf_.Keep(*wav, Prompt{{}, 0, text, ""});
    if (prompt) Remember(*prompt);
    return prompt;
}

Result<Prompt> PromptDesk::Upload(const Bytes& wav, const std::string& title) {
    auto prompt = shelf_.Keep(wav, Prompt{{}, 0, {}, title});
    if (prompt) Remember(*prompt);
    return prompt;
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
    for (const std::string& id : Ids()) {
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

void PromptDesk::Remember(const Prompt& prompt) {
    const std::lock_guard lock(mutex_);
    ids_.insert(prompt.id.sha256);
    if (!prompt.text.empty()) spoken_[prompt.text] = prompt;
}

}  // namespace trunkline::ivr

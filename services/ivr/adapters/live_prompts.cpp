// From the attendant to the pool and back.
#include "ivr/adapters/live_prompts.hpp"

#include "log/keys.hpp"
#include "log/log.hpp"

namespace trunkline::ivr {

void PooledLivePrompts::Prepare(std::vector<PromptItem> items, std::function<void(bool prepared)> done) {
    const auto answer = [this, done](bool prepared) { attendant_.Post([done, prepared] { done(prepared); }); };
    const bool accepted = workers_.Post([this, items = std::move(items), answer] {
        const Status prepared = desk_.Prepare(items);
        if (!prepared) log::Error("prompt not prepared", {{log::kError, prepared.error().message}});
        answer(prepared.ok());
    });
    if (!accepted) answer(false);
}

}  // namespace trunkline::ivr

// Prompts for live calls: the desk's blocking work on a bounded pool, the answer on the attendant's thread.
#pragma once
#include "ivr/adapters/task_queue.hpp"
#include "ivr/app/prompt_desk.hpp"

namespace trunkline::ivr {

class PooledLivePrompts final : public LivePrompts {
 public:
    PooledLivePrompts(PromptDesk& desk, TaskQueue& workers, TaskQueue& attendant)
        : desk_(desk), workers_(workers), attendant_(attendant) {}

    std::optional<PromptId> Find(const Text& text) const override { return desk_.Find(text); }
    // With too much waiting for the pool the answer is "not prepared" at once: a late prompt is worse than none.
    void Prepare(std::vector<PromptItem> items, std::function<void(bool prepared)> done) override;

 private:
    PromptDesk& desk_;
    TaskQueue& workers_;
    TaskQueue& attendant_;
};

}  // namespace trunkline::ivr

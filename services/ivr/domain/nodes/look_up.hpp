// Asks the customers' records who is calling, so that queues know his level and his agents.
#pragma once
#include "ivr/domain/node.hpp"

namespace trunkline::ivr {

struct LookUp final : Node {
    int level_priority = 1;                         // for each VIP level
    std::chrono::milliseconds last_agent_within{};  // 0: whoever served him last does not matter
    std::string known;
    std::string unknown;

    std::string_view Kind() const override { return "look_up"; }
    Step Start(Context& context) const override;
    Step OnEvent(Context& context, const Event& event) const override;
    std::vector<Exit> Exits() const override { return {{"known", known}, {"unknown", unknown}}; }
    void Check(Problems& problems) const override;
    bool NeedsAnswer() const override { return false; }
    std::vector<std::string> Sets() const override;

 private:
    void Remember(Context& context, const CallerFacts& facts) const;
};

}  // namespace trunkline::ivr

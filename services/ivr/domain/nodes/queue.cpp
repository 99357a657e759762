// Hands the caller to the agents' router; one that comes back takes `failed`.
#include "ivr/domain/nodes/queue.hpp"

#include <algorithm>
#include <charconv>

namespace trunkline::ivr {
namespace {

constexpr int kHighest = 100;

// What a look-up node found the caller to be worth; a flow may set it too, so it may be anything.
int Bonus(const Variables& variables) {
    const auto found = variables.find("vip_priority");
    if (found == variables.end()) return 0;
    const std::string& text = found->second;
    int bonus = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), bonus);
    return parsed.ec == std::errc{} ? std::clamp(bonus, 0, kHighest) : 0;
}

}  // namespace

Step Queue::Start(Context& context) const {
    HandOverCall hand_over{"acd",
                           {{"queue", Substitute(queue, context.variables)},
                            {"priority", std::to_string(std::min(priority + Bonus(context.variables), kHighest))},
                            {"language", context.language}}};
    for (const char* key : {"digits", "account_manager", "last_agent"}) {
        const auto variable = context.variables.find(key);
        if (variable != context.variables.end() && !variable->second.empty()) hand_over.data[key] = variable->second;
    }
    context.commands.push_back(std::move(hand_over));
    return End{EndReason::kQueued};
}

Step Queue::OnEvent(Context&, const Event& event) const {
    if (std::holds_alternative<CallReturned>(event) || std::holds_alternative<CommandRefused>(event)) {
        return Continue{{"failed", failed}};
    }
    return Wait{};
}

void Queue::Check(Problems& problems) const {
    problems.Expect(!queue.empty(), "queue is empty; name the queue");
    problems.Expect(priority >= 0 && priority <= kHighest, "priority must be 0 to 100");
}

}  // namespace trunkline::ivr

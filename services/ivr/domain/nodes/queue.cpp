// Hands the caller to the agents' router; one that comes back takes `failed`.
#include "ivr/domain/nodes/queue.hpp"

namespace trunkline::ivr {

Step Queue::Start(Context& context) const {
    HandOverCall hand_over{"acd",
                           {{"queue", Substitute(queue, context.variables)},
                            {"priority", std::to_string(priority)},
                            {"language", context.language}}};
    if (const auto digits = context.variables.find("digits"); digits != context.variables.end()) {
        hand_over.data["digits"] = digits->second;
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
    problems.Expect(priority >= 0 && priority <= 100, "priority must be 0 to 100");
}

}  // namespace trunkline::ivr

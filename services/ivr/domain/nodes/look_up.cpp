// What was found becomes variables; who is not found in time is nobody in particular, and his call goes on.
#include "ivr/domain/nodes/look_up.hpp"

namespace trunkline::ivr {

using namespace std::chrono_literals;

Step LookUp::Start(Context& context) const {
    const std::string number = Substitute("{from_number}", context.variables);
    if (number.empty()) return Continue{{"unknown", unknown}};
    context.commands.push_back(LookUpCaller{number});
    return Wait{};
}

Step LookUp::OnEvent(Context& context, const Event& event) const {
    const auto* looked_up = std::get_if<CallerLookedUp>(&event);
    if (!looked_up) return Wait{};
    if (looked_up->facts) Remember(context, *looked_up->facts);
    const bool found = looked_up->facts && !looked_up->facts->customer.empty();
    return found ? Continue{{"known", known}} : Continue{{"unknown", unknown}};
}

void LookUp::Remember(Context& context, const CallerFacts& facts) const {
    Variables& variables = context.variables;
    SetVariable(variables, "customer", facts.customer);
    SetVariable(variables, "vip_level", std::to_string(facts.vip_level));
    SetVariable(variables, "vip_priority", std::to_string(facts.vip_level * level_priority));
    SetVariable(variables, "account_manager", facts.account_manager);
    const bool recent = context.now - facts.last_contact <= last_agent_within;
    SetVariable(variables, "last_agent", recent ? facts.last_agent : "");
    // What the number or the caller himself chose goes before what he was once written down with.
    const bool chosen = !Substitute("{language}", variables).empty();
    if (!chosen && (facts.language == "zh" || facts.language == "en")) variables["language"] = facts.language;
}

void LookUp::Check(Problems& problems) const {
    problems.Expect(level_priority >= 0 && level_priority <= 20, "level_priority must be 0 to 20");
    problems.ExpectBetween(last_agent_within, 0s, std::chrono::hours(24 * 365), "last_agent_within");
}

std::vector<std::string> LookUp::Sets() const {
    return {"customer", "vip_level", "vip_priority", "account_manager", "last_agent", "language"};
}

}  // namespace trunkline::ivr

// The decisions.
#include "web/domain/access.hpp"

#include <algorithm>

namespace trunkline::web {

Result<Reach> Decide(const Rule& rule, const SignedIn& caller) {
    if (rule.Public() || rule.Self()) {
        return Reach::kAll;
    }
    if (!caller.pending.empty()) {
        return Error{Code::kPermissionDenied, caller.pending,
                     caller.pending == "PASSWORD_CHANGE_REQUIRED" ? "change your password first"
                                                                  : "set up your code generator first"};
    }
    if (rule.Reachable() && caller.rights.contains(rule.right)) {
        return Reach::kAll;
    }
    if (rule.Reachable() && !rule.own_right.empty() && caller.rights.contains(rule.own_right)) {
        return Reach::kOwn;
    }
    return Error{Code::kPermissionDenied, "RIGHT_MISSING", "this needs the right " + rule.right};
}

Result<std::string> OwnValue(const std::string& given, const SignedIn& caller) {
    if (caller.agent.empty()) {
        return Error{Code::kPermissionDenied, "NOT_AN_AGENT",
                     "you are not an agent, so there is nothing of your own here"};
    }
    if (!given.empty() && given != caller.agent) {
        return Error{Code::kPermissionDenied, "NOT_YOUR_OWN", "you may do this for yourself only"};
    }
    return caller.agent;
}

bool MaySee(const SignedIn& caller, const Subject& subject) {
    if (!caller.agent.empty() && subject.agents.contains(caller.agent)) {
        return true;
    }
    const std::string right = subject.service + ".events.read";
    if (!caller.rights.contains(right)) {
        return false;
    }
    const auto scoped = caller.units_of.find(right);
    return scoped == caller.units_of.end() ||
           std::any_of(subject.units.begin(), subject.units.end(),
                       [&](const std::string& unit) { return scoped->second.contains(unit); });
}

bool TopicMatches(const std::string& topic, const std::string& type) {
    if (topic.ends_with('*')) {
        return type.starts_with(std::string_view(topic).substr(0, topic.size() - 1));
    }
    return topic == type;
}

}  // namespace trunkline::web

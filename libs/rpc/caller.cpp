// The metadata that carries a caller.
#include "rpc/caller.hpp"

#include <sstream>

namespace trunkline::rpc {
namespace {

constexpr const char* kUser = "trunkline-user";
constexpr const char* kAgent = "trunkline-agent";
constexpr const char* kUnit = "trunkline-unit";
constexpr const char* kRights = "trunkline-rights";  // separated by blanks; "right@unit" when held in that unit only
constexpr const char* kName = "trunkline-name-bin";
constexpr const char* kSession = "trunkline-session";
constexpr const char* kAddress = "trunkline-address";
constexpr const char* kTrace = "trunkline-trace";

std::string Find(const grpc::ServerContextBase& context, const char* key) {
    const auto found = context.client_metadata().find(key);
    return found == context.client_metadata().end() ? std::string()
                                                    : std::string(found->second.data(), found->second.size());
}

}  // namespace

bool Caller::May(const std::string& right, const std::string& unit) const {
    const auto scoped = units_of.find(right);
    return May(right) && (scoped == units_of.end() || scoped->second.contains(unit));
}

void AddRight(Caller& caller, const std::string& text) {
    const size_t at = text.find('@');
    caller.rights.insert(text.substr(0, at));
    if (at != std::string::npos) {
        caller.units_of[text.substr(0, at)].insert(text.substr(at + 1));
    }
}

Caller CallerOf(const grpc::ServerContextBase& context) {
    Caller caller;
    caller.user_id = Find(context, kUser);
    caller.agent_id = Find(context, kAgent);
    caller.unit_id = Find(context, kUnit);
    caller.user_name = Find(context, kName);
    caller.session_id = Find(context, kSession);
    caller.client_address = Find(context, kAddress);
    caller.trace_id = Find(context, kTrace);
    std::istringstream rights(Find(context, kRights));
    for (std::string right; rights >> right;) {
        AddRight(caller, right);
    }
    return caller;
}

void SetCaller(grpc::ClientContext& context, const Caller& caller) {
    if (!caller.trace_id.empty()) {
        context.AddMetadata(kTrace, caller.trace_id);
    }
    if (!caller.IsUser()) {
        return;
    }
    std::string rights;
    for (const std::string& right : caller.rights) {
        const auto scoped = caller.units_of.find(right);
        if (scoped == caller.units_of.end()) {
            rights += (rights.empty() ? "" : " ") + right;
            continue;
        }
        for (const std::string& unit : scoped->second) {
            rights += (rights.empty() ? "" : " ") + right + "@" + unit;
        }
    }
    context.AddMetadata(kUser, caller.user_id);
    context.AddMetadata(kAgent, caller.agent_id);
    context.AddMetadata(kUnit, caller.unit_id);
    context.AddMetadata(kName, caller.user_name);
    context.AddMetadata(kSession, caller.session_id);
    context.AddMetadata(kAddress, caller.client_address);
    context.AddMetadata(kRights, rights);
}

}  // namespace trunkline::rpc

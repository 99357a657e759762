// The metadata that carries a caller.
#include "rpc/caller.hpp"

#include <sstream>

namespace trunkline::rpc {
namespace {

constexpr const char* kUser = "trunkline-user";
constexpr const char* kAgent = "trunkline-agent";
constexpr const char* kUnit = "trunkline-unit";
constexpr const char* kRights = "trunkline-rights";  // separated by blanks

std::string Find(const grpc::ServerContextBase& context, const char* key) {
    const auto found = context.client_metadata().find(key);
    return found == context.client_metadata().end() ? std::string()
                                                    : std::string(found->second.data(), found->second.size());
}

}  // namespace

Caller CallerOf(const grpc::ServerContextBase& context) {
    Caller caller{Find(context, kUser), Find(context, kAgent), Find(context, kUnit), {}};
    std::istringstream rights(Find(context, kRights));
    for (std::string right; rights >> right;) {
        caller.rights.insert(right);
    }
    return caller;
}

void SetCaller(grpc::ClientContext& context, const Caller& caller) {
    if (!caller.IsUser()) {
        return;
    }
    std::string rights;
    for (const std::string& right : caller.rights) {
        rights += rights.empty() ? right : " " + right;
    }
    context.AddMetadata(kUser, caller.user_id);
    context.AddMetadata(kAgent, caller.agent_id);
    context.AddMetadata(kUnit, caller.unit_id);
    context.AddMetadata(kRights, rights);
}

}  // namespace trunkline::rpc

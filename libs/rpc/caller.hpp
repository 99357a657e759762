// Who is asking: the gateway `web` puts the signed-in user into the metadata of every call that it passes on, and a
// service reads him here. Metadata that a browser sends never gets this far.
#pragma once
#include <grpcpp/grpcpp.h>

#include <set>
#include <string>

namespace trunkline::rpc {

struct Caller {
    std::string user_id;           // empty: another service or an operator's tool, which mutual TLS vouches for
    std::string agent_id;          // the agent that the user is; empty: none
    std::string unit_id;           // his place in the organisation
    std::set<std::string> rights;  // such as "customer.numbers.clear"

    bool IsUser() const { return !user_id.empty(); }
    // Services and operators' tools may do everything.
    bool May(const std::string& right) const { return !IsUser() || rights.contains(right); }
    // For logs, audit and "set by": the user, or "system".
    std::string Name() const { return IsUser() ? user_id : "system"; }
};

// The caller of the method that `context` belongs to.
Caller CallerOf(const grpc::ServerContextBase& context);
// Passes a caller on with a call of ours.
void SetCaller(grpc::ClientContext& context, const Caller& caller);

}  // namespace trunkline::rpc

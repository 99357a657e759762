// Who is asking: the gateway `web` puts the signed-in user into the metadata of every call that it passes on, and a
// service reads him here. Metadata that a browser sends never gets this far.
#pragma once
#include <grpcpp/grpcpp.h>

#include <map>
#include <set>
#include <string>

namespace trunkline::rpc {

struct Caller {
    std::string user_id;           // empty: another service or an operator's tool, which mutual TLS vouches for
    std::string agent_id;          // the agent that the user is; empty: none
    std::string unit_id;           // his place in the organisation
    std::set<std::string> rights;  // such as "customer.numbers.clear"; held somewhere at least
    // Of rights that are held in some units only, those units; a right that is not here is held everywhere.
    std::map<std::string, std::set<std::string>> units_of = {};
    std::string user_name = {};
    std::string session_id = {};
    std::string client_address = {};
    std::string trace_id = {};

    bool IsUser() const { return !user_id.empty(); }
    // Services and operators' tools may do everything.
    bool May(const std::string& right) const { return !IsUser() || rights.contains(right); }
    // For what belongs to one unit.
    bool May(const std::string& right, const std::string& unit) const;
    // For logs, audit and "set by": the user, or "system".
    std::string Name() const { return IsUser() ? user_id : "system"; }
};

// Adds a right as identity writes it: "right", or "right@unit" when it is held in that unit only.
void AddRight(Caller& caller, const std::string& text);

// The caller of the method that `context` belongs to.
Caller CallerOf(const grpc::ServerContextBase& context);
// Passes a caller on with a call of ours.
void SetCaller(grpc::ClientContext& context, const Caller& caller);

}  // namespace trunkline::rpc

// Requests about agents: settings go to the store first, changes of state through the router.
#include "acd/adapters/grpc_agents.hpp"

#include <algorithm>

#include "acd/adapters/resource_messages.hpp"
#include "rpc/caller.hpp"
#include "rpc/rpc.hpp"
#include "versions/versions.hpp"

namespace trunkline::acd {

grpc::Status GrpcAgents::PutAgent(grpc::ServerContext* context, const v1::PutAgentRequest* request,
                                  v1::Agent* response) {
    const versions::Author author(context);
    const AgentSettings settings = FromProto(request->agent());
    if (const Status valid = Validate(settings); !valid.ok()) {
        return rpc::ToGrpc(valid);
    }
    // The router knows whose phone it is; what it refuses must not reach the store.
    if (const Status put = desk_.Request(AgentPut{settings}); !put.ok()) {
        return rpc::ToGrpc(put);
    }
    if (const Status saved = store_.SaveAgent(settings); !saved.ok()) {
        return rpc::ToGrpc(saved);
    }
    return Show(settings.id.str(), response);
}

grpc::Status GrpcAgents::DeleteAgent(grpc::ServerContext* context, const v1::DeleteAgentRequest* request,
                                     google::protobuf::Empty* /*response*/) {
    const versions::Author author(context);
    const AgentId id(request->agent_id());
    if (const Status deleted = desk_.Request(AgentDeleted{id}); !deleted.ok()) {
        return rpc::ToGrpc(deleted);
    }
    return rpc::ToGrpc(store_.DeleteAgent(id));
}

grpc::Status GrpcAgents::GetAgent(grpc::ServerContext* /*context*/, const v1::GetAgentRequest* request,
                                  v1::Agent* response) {
    return Show(request->agent_id(), response);
}

grpc::Status GrpcAgents::ListAgents(grpc::ServerContext* /*context*/, const google::protobuf::Empty* /*request*/,
                                    v1::ListAgentsResponse* response) {
    auto agents = desk_.Collect<v1::Agent>(
        [](const Router& router) -> const auto& { return router.agents(); },
        [](Switchboard&, const Agent& agent) { return std::optional(ToProto(agent)); });
    if (!agents.ok()) {
        return rpc::ToGrpc(agents.error());
    }
    std::sort(agents->begin(), agents->end(),
              [](const v1::Agent& a, const v1::Agent& b) { return a.agent_id() < b.agent_id(); });
    response->mutable_agents()->Assign(agents->begin(), agents->end());
    return grpc::Status::OK;
}

grpc::Status GrpcAgents::LogInAgent(grpc::ServerContext* /*context*/, const v1::LogInAgentRequest* request,
                                    v1::Agent* response) {
    return Change(AgentLoggedIn{AgentId(request->agent_id())}, request->agent_id(), response);
}

grpc::Status GrpcAgents::LogOutAgent(grpc::ServerContext* /*context*/, const v1::LogOutAgentRequest* request,
                                     v1::Agent* response) {
    return Change(AgentLoggedOut{AgentId(request->agent_id())}, request->agent_id(), response);
}

grpc::Status GrpcAgents::SetAgentState(grpc::ServerContext* context, const v1::SetAgentStateRequest* request,
                                       v1::Agent* response) {
    AgentState state = AgentState::kLoggedOut;  // whatever else is asked for is refused by the router
    if (request->state() == v1::READY) {
        state = AgentState::kReady;
    } else if (request->state() == v1::NOT_READY) {
        state = AgentState::kNotReady;
    }
    // Whoever is not the agent himself acts as his supervisor; the suite's own tools speak for the agent.
    const rpc::Caller caller = rpc::CallerOf(*context);
    const bool another = caller.IsUser() && caller.agent_id != request->agent_id();
    const AgentStateRequested event{AgentId(request->agent_id()), state, request->reason(),
                                    another ? "supervisor" : "agent"};
    return Change(event, request->agent_id(), response);
}

grpc::Status GrpcAgents::FinishWrapUp(grpc::ServerContext* /*context*/, const v1::FinishWrapUpRequest* request,
                                      v1::Agent* response) {
    return Change(WrapUpFinished{AgentId(request->agent_id())}, request->agent_id(), response);
}

grpc::Status GrpcAgents::Change(const Event& event, const std::string& agent, v1::Agent* response) {
    if (const Status changed = desk_.Request(event); !changed.ok()) {
        return rpc::ToGrpc(changed);
    }
    if (!stored_()) {
        return rpc::ToGrpc(
            Error{Code::kUnavailable, "DATABASE_AWAY",
                  "the change is in effect but not stored yet, because the database is away; try again"});
    }
    return Show(agent, response);
}

grpc::Status GrpcAgents::Show(const std::string& agent, v1::Agent* response) {
    const auto found = desk_.Ask([id = AgentId(agent)](Switchboard& desk) {
        const auto entry = desk.router().agents().find(id);
        return entry == desk.router().agents().end() ? std::nullopt : std::optional<Agent>(entry->second);
    });
    if (!found.ok()) {
        return rpc::ToGrpc(found.error());
    }
    if (!*found) {
        return rpc::ToGrpc(NoSuch("agent", agent));
    }
    *response = ToProto(**found);
    return grpc::Status::OK;
}

}  // namespace trunkline::acd

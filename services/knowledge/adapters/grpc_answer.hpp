// What the APIs of this service share: who asks, and one way from a Result to a gRPC answer.
#pragma once
#include <algorithm>

#include "knowledge/adapters/grpc_knowledge.hpp"
#include "knowledge/adapters/knowledge_codec.hpp"
#include "rpc/caller.hpp"
#include "rpc/rpc.hpp"

namespace trunkline::knowledge {

// The agent that the user is, else the user: colleagues know each other by these.
inline std::string NameOf(const grpc::ServerContext& context) {
    const rpc::Caller caller = rpc::CallerOf(context);
    return caller.agent_id.empty() ? caller.Name() : caller.agent_id;
}

template <class Value>
void Write(Value& value, Value* response) {
    response->Swap(&value);
}
inline void Write(const Article& article, v1::Article* response) { *response = ToProto(article); }

// `work` gives a Result whose value becomes the response.
template <class Work, class Response>
grpc::Status Answer(const Desks& desks, std::string_view method, Response* response, const Work& work) {
    const SteadyTime begin = desks.clock.SteadyNow();
    auto result = work();
    desks.observer(method, result.ok(), desks.clock.SteadyNow() - begin);
    if (!result.ok()) {
        return rpc::ToGrpc(result.error());
    }
    Write(*result, response);
    return grpc::Status::OK;
}

inline Error BadField(const std::string& message) { return {Code::kInvalidArgument, "BAD_FIELD", message}; }

}  // namespace trunkline::knowledge

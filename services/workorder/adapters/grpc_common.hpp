// What the APIs share: who asks, what he may see, and numbers in clear or masked.
#pragma once
#include <grpcpp/grpcpp.h>

#include <functional>

#include "rpc/caller.hpp"
#include "rpc/rpc.hpp"
#include "trunkline/workorder/v1/resources.pb.h"
#include "workorder/adapters/list_query.hpp"
#include "workorder/app/settings.hpp"

namespace trunkline::workorder {

// Called once for each request: what was done ("create", "step", "read" ...) and whether it succeeded.
using Observer = std::function<void(std::string_view action, bool ok)>;

// Of a signed-in user the actor is himself, whatever the request says.
Who WhoOf(const grpc::ServerContext& context, const std::string& actor);
// The units whose orders the caller sees: a unit below the centre sees itself and what is below it.
Scope ScopeOf(const Who& who, const Settings& settings);
// Users see numbers masked, those of the form too; RevealNumber tells them in clear and writes down why. `type` may be
// null: its fields stay as they are.
void Mask(v1::Order& order, const Who& who, const TypeDefinition* type);
void Mask(v1::Notice& notice, const Who& who);

inline constexpr const char* kClearRight = "workorder.numbers.clear";
inline constexpr const char* kReadRight = "workorder.orders.read";

// Answers with a Result's value or its error.
template <class Value>
grpc::Status Answer(const Result<Value>& result, Value* response) {
    if (!result.ok()) {
        return rpc::ToGrpc(result.error());
    }
    *response = *result;
    return grpc::Status::OK;
}

}  // namespace trunkline::workorder

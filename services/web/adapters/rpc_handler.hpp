// The Connect protocol: from an HTTP request to a method of a service and back.
#pragma once
#include "web/adapters/backends.hpp"
#include "web/adapters/own_methods.hpp"
#include "web/adapters/rpc_exchange.hpp"
#include "web/domain/rate_limit.hpp"

namespace trunkline::web {

struct RpcSettings {
    size_t body_limit = 4 << 20;
    size_t public_body_limit = 16 << 10;              // of requests that need no log-in
    std::chrono::milliseconds default_limit{10'000};  // of a unary call whose caller names none
    std::chrono::milliseconds longest_limit{60'000};
    RateLimit rate;
};

// What the log and the figures are told of each call.
struct CallReport {
    std::string method;  // empty: unknown
    Outcome outcome;
    std::string user;
    bool streamed = false;
};

struct RpcParts {
    const MethodTable& methods;
    Backends& backends;
    SessionKeeper& keeper;
    OwnMethods& own;
};

// Used on the server's thread.
class RpcHandler {
 public:
    RpcHandler(RpcParts parts, RpcSettings settings, const Clock& clock)
        : parts_(parts), settings_(settings), limiter_(settings.rate), clock_(clock) {}

    Task<CallReport> Handle(const Request& request, Responder& responder);

 private:
    // Everything that is decided before the body is read.
    Task<Result<Reach>> Admit(RpcCall& call);
    Task<Result<MessagePtr>> ReadMessage(const RpcCall& call, Reach reach);
    Task<Outcome> Forward(const RpcCall& call, const google::protobuf::Message& message);
    Task<Outcome> ForwardStream(const RpcCall& call, const std::string& request);
    rpc::Caller CallerOf(const RpcCall& call) const;

    const RpcParts parts_;
    const RpcSettings settings_;
    RateLimiter limiter_;
    const Clock& clock_;
};

}  // namespace trunkline::web

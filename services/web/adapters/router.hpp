// The first to see a request and the last to see its answer: trace id, methods or files, log, figures, security
// headers.
#pragma once
#include "web/adapters/rpc_handler.hpp"
#include "web/adapters/static_files.hpp"

namespace trunkline::web {

struct RouterHooks {
    std::function<void(const CallReport&, std::chrono::nanoseconds)> called;
    std::function<void()> file_served;
};

class Router final : public Handler {
 public:
    Router(RpcHandler& rpc, StaticFiles& files, const Clock& clock, IdGenerator& ids, RouterHooks hooks)
        : rpc_(rpc), files_(files), clock_(clock), ids_(ids), hooks_(std::move(hooks)) {}

    Task<void> Handle(const Request& request, Responder& responder) override;

 private:
    RpcHandler& rpc_;
    StaticFiles& files_;
    const Clock& clock_;
    IdGenerator& ids_;
    const RouterHooks hooks_;
};

}  // namespace trunkline::web

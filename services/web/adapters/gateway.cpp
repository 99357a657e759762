// Construction, and the figures once a second.
#include "web/adapters/gateway.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "web/domain/connect_code.hpp"

namespace trunkline::web {
namespace {

std::set<std::string> WithOwn(std::set<std::string> services) {
    services.insert("web");
    return services;
}

}  // namespace

Gateway::Gateway(GatewayConfig config, const Clock& clock, IdGenerator& ids, GatewayHooks hooks)
    : hooks_(std::move(hooks)),
      sessions_(config.sessions),
      backends_(config.services, config.tls),
      methods_(WithOwn(backends_.services())),
      keeper_(backends_, sessions_, clock),
      feed_(sessions_, ids, clock, config.ring),
      own_(keeper_, feed_),
      rpc_({methods_, backends_, keeper_, own_}, config.rpc, clock),
      files_(config.files),
      router_(rpc_, files_, clock, ids, Hooks()),
      server_(config.http, router_) {}

RouterHooks Gateway::Hooks() {
    return {[this](const CallReport& report, std::chrono::nanoseconds took) {
                hooks_.called(report.outcome ? std::string(CodeName(report.outcome->code)) : "ok");
                if (!report.streamed) {
                    hooks_.took(std::chrono::duration<double>(took).count());
                }
            },
            [this] { hooks_.file_served(); }};
}

bus::TailHandlers Gateway::bus_handlers() {
    bus::TailHandlers handlers = HandlersOf(feed_, server_.context().get_executor());
    handlers.event = [this, take = std::move(handlers.event)](const bus::Received& event) {
        hooks_.event();
        take(event);
    };
    return handlers;
}

void Gateway::Start() {
    asio::co_spawn(server_.context(), Count(), asio::detached);
    server_.Start();
}

Task<void> Gateway::Count() {
    asio::steady_timer timer(server_.context());
    for (;;) {
        hooks_.counts(static_cast<size_t>(server_.connections()), sessions_.held(), sessions_.size());
        timer.expires_after(std::chrono::seconds(1));
        boost::system::error_code error;
        co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, error));
    }
}

void Gateway::Stop() {
    server_.Stop();
    backends_.Stop();
}

}  // namespace trunkline::web

// One state, three ways to end.
#include "web/adapters/stream_guard.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace trunkline::web {
namespace {

constexpr std::chrono::seconds kRecheck{10};

}  // namespace

StreamGuard::StreamGuard(const RpcCall& call, SessionKeeper& keeper, const asio::any_io_executor& executor,
                         std::function<void()> end)
    : sessions_(keeper.sessions()) {
    state_->end = std::move(end);
    held_ = sessions_.Hold(call.caller, [state = state_](const Error& error) { Finish(state, error); });
    call.responder.WatchPeer([state = state_] {
        state->peer_gone = true;
        Finish(state, std::nullopt);
    });
    asio::co_spawn(executor, Recheck(state_, keeper, call.token), asio::detached);
}

StreamGuard::~StreamGuard() {
    state_->alive = false;
    sessions_.Release(held_);
}

void StreamGuard::Finish(const std::shared_ptr<State>& state, const Outcome& reason) {
    if (state->alive && !state->reason) {
        state->reason = reason;
        state->end();
    }
}

Task<void> StreamGuard::Recheck(std::shared_ptr<State> state, SessionKeeper& keeper, std::string token) {
    asio::steady_timer timer(co_await asio::this_coro::executor);
    while (state->alive) {
        timer.expires_after(kRecheck);
        boost::system::error_code error;
        co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, error));
        if (!state->alive) {
            co_return;
        }
        const auto known = co_await keeper.Find(token);
        if (!known.ok()) {
            Finish(state, known.error());
            co_return;
        }
    }
}

}  // namespace trunkline::web

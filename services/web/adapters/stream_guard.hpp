// What may end a stream from outside: its session, its peer. Also asks now and then whether the session still holds.
#pragma once
#include <boost/asio/any_io_executor.hpp>

#include "web/adapters/rpc_exchange.hpp"
#include "web/adapters/session_keeper.hpp"

namespace trunkline::web {

// Lives as long as the stream; used on the server's thread.
class StreamGuard {
 public:
    // `end` is called once, when `reason()` or `peer_gone()` has become true.
    StreamGuard(const RpcCall& call, SessionKeeper& keeper, const asio::any_io_executor& executor,
                std::function<void()> end);
    ~StreamGuard();
    StreamGuard(const StreamGuard&) = delete;
    StreamGuard& operator=(const StreamGuard&) = delete;

    bool Ended() const { return state_->reason.has_value() || state_->peer_gone; }
    const Outcome& reason() const { return state_->reason; }
    bool peer_gone() const { return state_->peer_gone; }

 private:
    // Shared with callbacks that may come after the stream.
    struct State {
        std::function<void()> end;
        Outcome reason;
        bool peer_gone = false;
        bool alive = true;
    };
    static void Finish(const std::shared_ptr<State>& state, const Outcome& reason);
    static Task<void> Recheck(std::shared_ptr<State> state, SessionKeeper& keeper, std::string token);

    std::shared_ptr<State> state_ = std::make_shared<State>();
    Sessions& sessions_;
    uint64_t held_ = 0;
};

}  // namespace trunkline::web

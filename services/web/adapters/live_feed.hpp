// The bus on one side, pages on the other: events become numbered frames, and streams wait for them.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <set>

#include "bus/tail.hpp"
#include "ids/ids.hpp"
#include "web/adapters/http_types.hpp"
#include "web/adapters/message_codec.hpp"
#include "web/app/sessions.hpp"
#include "web/domain/event_ring.hpp"

namespace trunkline::web {

// Used on the server's thread.
class LiveFeed {
 public:
    LiveFeed(Sessions& sessions, IdGenerator& ids, const Clock& clock, RingLimits limits)
        : sessions_(sessions), ids_(ids), clock_(clock), ring_(ids.New(), limits) {}

    const EventRing& ring() const { return ring_; }
    // Returns when something new is there, when Wake was called, or after `limit`.
    class Waiter;
    void Take(const bus::Received& event);
    void Missed(const std::string& source);
    void Heard(const std::string& source);

 private:
    friend class Waiter;
    void WakeAll();
    void ActOn(const bus::Received& event);

    Sessions& sessions_;
    IdGenerator& ids_;
    const Clock& clock_;
    EventRing ring_;
    std::set<Waiter*> waiters_;
};

// One stream's place to wait.
class LiveFeed::Waiter {
 public:
    Waiter(LiveFeed& feed, const asio::any_io_executor& executor) : feed_(feed), timer_(executor) {
        feed_.waiters_.insert(this);
    }
    ~Waiter() { feed_.waiters_.erase(this); }
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;

    Task<void> Wait(std::chrono::milliseconds limit);
    void Wake() { timer_.cancel(); }

 private:
    LiveFeed& feed_;
    asio::steady_timer timer_;
};

// The item as a page reads it; used on the server's thread.
const std::string& FrameOf(const LiveItem& item, Codec codec);

// The handlers of a bus::Tail, which call on the tail's thread; posts to `executor`.
bus::TailHandlers HandlersOf(LiveFeed& feed, asio::any_io_executor executor);

}  // namespace trunkline::web

// The SIP thread: an epoll loop with a timer wheel and a mailbox. Everything of the SIP core runs inside Run().
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "clock/clock.hpp"
#include "result/result.hpp"
#include "sip/timer_wheel.hpp"

namespace trunkline::sip {

// Watch, Modify, Unwatch and timers() belong to the thread in Run() (or to any one thread before Run starts); Post and
// Stop may be called from every thread.
class Reactor {
 public:
    using Ready = std::function<void(uint32_t events)>;  // EPOLLIN, EPOLLOUT, EPOLLERR, EPOLLHUP

    explicit Reactor(const Clock& clock);
    ~Reactor();
    Reactor(const Reactor&) = delete;
    Reactor& operator=(const Reactor&) = delete;

    // Calls `ready` whenever `descriptor` shows one of `events`; the caller keeps owning the descriptor.
    void Watch(int descriptor, uint32_t events, Ready ready);
    void Modify(int descriptor, uint32_t events);
    void Unwatch(int descriptor);

    Timers& timers() { return wheel_; }

    // Runs `task` on the SIP thread soon, in order of posting. Tasks posted after Stop are dropped.
    void Post(std::function<void()> task);
    // Serves until Stop.
    void Run();
    void Stop();
    // One round, waiting at most `longest`; for tests and programs that own their loop.
    void RunOnce(Duration longest);

 private:
    struct Watcher {
        uint64_t generation = 0;
        std::shared_ptr<Ready> ready;  // shared: it may be unwatched while it runs
    };
    void RunPosted();

    TimerWheel wheel_;
    int epoll_ = -1;
    int wake_ = -1;
    uint64_t last_generation_ = 0;
    std::unordered_map<int, Watcher> watchers_;
    std::mutex mutex_;  // guards posted_
    std::vector<std::function<void()>> posted_;
    std::atomic<bool> stopped_{false};
};

}  // namespace trunkline::sip

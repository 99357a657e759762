// The epoll loop of the SIP thread.
#include "sip/reactor.hpp"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace trunkline::sip {

namespace {
constexpr Duration kLongestWait = std::chrono::seconds(1);
// Descriptor and generation travel with the event, so one that was closed and reused in the same round is not mistaken.
uint64_t Pack(int descriptor, uint64_t generation) { return (generation << 32) | static_cast<uint32_t>(descriptor); }
}  // namespace

Reactor::Reactor(const Clock& clock) : wheel_(clock) {
    epoll_ = epoll_create1(EPOLL_CLOEXEC);
    wake_ = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (epoll_ < 0 || wake_ < 0) throw std::runtime_error("The system gives no more descriptors for an event loop.");
    Watch(wake_, EPOLLIN, [this](uint32_t) {
        uint64_t count = 0;
        while (read(wake_, &count, sizeof count) > 0) {
        }
    });
}

Reactor::~Reactor() {
    close(wake_);
    close(epoll_);
}

void Reactor::Watch(int descriptor, uint32_t events, Ready ready) {
    Watcher& watcher = watchers_[descriptor];
    watcher.generation = ++last_generation_ & UINT32_MAX;
    watcher.ready = std::make_shared<Ready>(std::move(ready));
    epoll_event event{};
    event.events = events;
    event.data.u64 = Pack(descriptor, watcher.generation);
    epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event);
}

void Reactor::Modify(int descriptor, uint32_t events) {
    const auto found = watchers_.find(descriptor);
    if (found == watchers_.end()) return;
    epoll_event event{};
    event.events = events;
    event.data.u64 = Pack(descriptor, found->second.generation);
    epoll_ctl(epoll_, EPOLL_CTL_MOD, descriptor, &event);
}

void Reactor::Unwatch(int descriptor) {
    if (watchers_.erase(descriptor) > 0) epoll_ctl(epoll_, EPOLL_CTL_DEL, descriptor, nullptr);
}

void Reactor::Post(std::function<void()> task) {
    {
        const std::lock_guard lock(mutex_);
        if (stopped_) return;
        posted_.push_back(std::move(task));
        if (posted_.size() > 1) return;  // the loop has been woken already
    }
    const uint64_t one = 1;
    [[maybe_unused]] const auto written = write(wake_, &one, sizeof one);
}

void Reactor::Stop() {
    stopped_ = true;
    const uint64_t one = 1;
    [[maybe_unused]] const auto written = write(wake_, &one, sizeof one);
}

void Reactor::RunPosted() {
    std::vector<std::function<void()>> tasks;
    {
        const std::lock_guard lock(mutex_);
        tasks.swap(posted_);
    }
    for (auto& task : tasks) task();
}

void Reactor::RunOnce(Duration longest) {
    std::array<epoll_event, 64> events;
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(wheel_.NextDue(longest));
    const int count =
        epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), static_cast<int>(wait.count()));
    for (int i = 0; i < count; ++i) {
        const epoll_event& event = events[static_cast<size_t>(i)];
        const auto found = watchers_.find(static_cast<int>(event.data.u64 & UINT32_MAX));
        if (found == watchers_.end() || found->second.generation != event.data.u64 >> 32) continue;
        const auto ready = found->second.ready;
        (*ready)(event.events);
    }
    wheel_.Advance();
    RunPosted();
}

void Reactor::Run() {
    while (!stopped_) RunOnce(kLongestWait);
}

}  // namespace trunkline::sip

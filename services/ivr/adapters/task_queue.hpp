// Work for named threads: one thread makes it a mailbox with an owner, several make it a bounded pool.
#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "service/host.hpp"

namespace trunkline::ivr {

class TaskQueue final : public service::Component {
 public:
    // `limit` tasks may wait at the most; `after` runs after each task.
    TaskQueue(size_t threads, size_t limit, std::function<void()> after = {})
        : threads_(threads), limit_(limit), after_(std::move(after)) {}
    ~TaskQueue() override { Stop(); }

    // Safe from any thread, never blocks. False when the queue is full or stopped; the task is dropped then.
    bool Post(std::function<void()> task);

    void Start() override;
    // Tasks under way are finished, waiting ones dropped.
    void Stop() override;

 private:
    void Work();

    const size_t threads_;
    const size_t limit_;
    const std::function<void()> after_;
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<std::function<void()>> tasks_;
    bool stopped_ = false;
    std::vector<std::thread> running_;
};

}  // namespace trunkline::ivr

// Threads that take tasks in the order in which they were posted.
#include "ivr/adapters/task_queue.hpp"

namespace trunkline::ivr {

bool TaskQueue::Post(std::function<void()> task) {
    {
        const std::lock_guard lock(mutex_);
        if (stopped_ || tasks_.size() >= limit_) return false;
        tasks_.push_back(std::move(task));
    }
    arrived_.notify_one();
    return true;
}

void TaskQueue::Start() {
    for (size_t i = 0; i < threads_; ++i) running_.emplace_back([this] { Work(); });
}

void TaskQueue::Stop() {
    {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
    }
    arrived_.notify_all();
    for (std::thread& thread : running_) thread.join();
    running_.clear();
}

void TaskQueue::Work() {
    while (true) {
        std::unique_lock lock(mutex_);
        arrived_.wait(lock, [&] { return stopped_ || !tasks_.empty(); });
        if (stopped_) return;
        const auto task = std::move(tasks_.front());
        tasks_.pop_front();
        lock.unlock();
        task();
        if (after_) after_();
    }
}

}  // namespace trunkline::ivr

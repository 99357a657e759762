// One thread, one queue of jobs, one next time to wake.
#include "acd/app/mailbox.hpp"

#include <algorithm>

namespace trunkline::acd {
namespace {

// The wall clock may be stepped, so a far wake-up is looked at again this often.
constexpr Duration kLongestSleep = std::chrono::seconds(1);

}  // namespace

void Mailbox::Start(std::function<std::optional<TimePoint>()> next, Job on_time) {
    next_ = std::move(next);
    on_time_ = std::move(on_time);
    thread_ = std::thread([this] { Loop(); });
}

void Mailbox::Stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_one();
    if (thread_.joinable()) {
        thread_.join();
    }
    const std::lock_guard lock(mutex_);
    jobs_.clear();
}

void Mailbox::Post(Job job) {
    {
        const std::lock_guard lock(mutex_);
        if (stopping_) {
            return;
        }
        jobs_.push_back(std::move(job));
    }
    changed_.notify_one();
}

void Mailbox::Loop() {
    std::unique_lock lock(mutex_);
    while (true) {
        std::deque<Job> jobs;
        jobs.swap(jobs_);
        const bool last = stopping_;
        lock.unlock();
        for (Job& job : jobs) {
            job();
            job = nullptr;
        }
        on_time_();
        lock.lock();
        if (last) {
            return;
        }
        AwaitWork(lock);
    }
}

void Mailbox::AwaitWork(std::unique_lock<std::mutex>& lock) {
    if (stopping_ || !jobs_.empty()) {
        return;
    }
    const auto due = next_();
    const Duration left = due ? *due - clock_.Now() : kLongestSleep;
    if (left > Duration::zero()) {
        changed_.wait_for(lock, std::min(left, kLongestSleep));
    }
}

}  // namespace trunkline::acd

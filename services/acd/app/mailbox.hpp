// The owner thread: runs what is posted, one after the other, and wakes when time is due.
#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "clock/clock.hpp"
#include "result/result.hpp"

namespace trunkline::acd {

class Mailbox {
 public:
    using Job = std::function<void()>;
    explicit Mailbox(const Clock& clock) : clock_(clock) {}
    ~Mailbox() { Stop(); }
    Mailbox(const Mailbox&) = delete;
    Mailbox& operator=(const Mailbox&) = delete;

    // `on_time` runs after jobs, at the time that `next` tells, and at least once a second. Both on the owner thread.
    void Start(std::function<std::optional<TimePoint>()> next, Job on_time);
    // Runs what was posted before, then ends the thread. Later posts are dropped.
    void Stop();
    // Safe from any thread; never blocks.
    void Post(Job job);

    // Runs `question` on the owner thread and waits for its answer; UNAVAILABLE when the mailbox has stopped. Never
    // call it on the owner thread.
    template <class Question>
    auto Ask(Question question) -> Result<std::invoke_result_t<Question>> {
        using Answer = std::invoke_result_t<Question>;
        auto answer = std::make_shared<std::promise<Answer>>();
        auto future = answer->get_future();
        Post([answer, question = std::move(question)]() { answer->set_value(question()); });
        answer.reset();
        try {
            return future.get();
        } catch (const std::future_error&) {
            return Error{Code::kUnavailable, "STOPPING", "the router is stopping; try again"};
        }
    }

 private:
    void Loop();
    void AwaitWork(std::unique_lock<std::mutex>& lock);

    const Clock& clock_;
    std::function<std::optional<TimePoint>()> next_;
    Job on_time_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Job> jobs_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace trunkline::acd

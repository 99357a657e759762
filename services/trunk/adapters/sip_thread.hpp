// The way to the SIP thread from other threads.
#pragma once
#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <utility>

#include "result/result.hpp"
#include "sip/reactor.hpp"

namespace trunkline::trunk {

// Safe from any thread but the SIP thread itself for Ask.
class SipThread {
 public:
    explicit SipThread(sip::Reactor& reactor) : reactor_(reactor) {}

    void Post(std::function<void()> task) { reactor_.Post(std::move(task)); }

    // Runs `question` on the SIP thread and waits for its value; UNAVAILABLE/BUSY when it does not come in time. The
    // question may still run later, so it must hold what it uses by value.
    template <class Question>
    auto Ask(Question question, std::chrono::milliseconds limit = std::chrono::seconds(2)) {
        using Value = std::invoke_result_t<Question>;
        auto task = std::make_shared<std::packaged_task<Value()>>(std::move(question));
        auto answer = task->get_future();
        reactor_.Post([task] { (*task)(); });
        if (answer.wait_for(limit) != std::future_status::ready) {
            return Result<Value>(Error{Code::kUnavailable, "BUSY", "the SIP thread did not answer in time"});
        }
        if constexpr (std::is_void_v<Value>) {
            answer.get();
            return Result<void>();
        } else {
            return Result<Value>(answer.get());
        }
    }

 private:
    sip::Reactor& reactor_;
};

}  // namespace trunkline::trunk

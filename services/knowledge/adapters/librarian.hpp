// Keeps the search book up to date: once a second, because other copies of the service write too.
#pragma once
#include <condition_variable>
#include <mutex>
#include <thread>

#include "knowledge/app/search_book.hpp"
#include "log/keys.hpp"
#include "log/log.hpp"
#include "service/host.hpp"

namespace trunkline::knowledge {

class Librarian final : public service::Component {
 public:
    // `ready` is told once the first refresh is done.
    Librarian(SearchBook& book, std::function<void()> ready) : book_(book), ready_(std::move(ready)) {}
    ~Librarian() override { Stop(); }

    void Start() override {
        thread_ = std::thread([this] { Work(); });
    }
    void Stop() override {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        wake_.notify_all();
        if (thread_.joinable()) {
            thread_.join();
        }
    }

 private:
    void Work() {
        bool first = true;
        std::unique_lock lock(mutex_);
        while (!stopping_) {
            lock.unlock();
            const Status done = book_.Refresh();
            if (!done.ok()) {
                log::Warning("search is not refreshed, it goes on as it was", {{log::kReason, done.error().message}});
            } else if (first) {
                first = false;
                ready_();
            }
            lock.lock();
            wake_.wait_for(lock, std::chrono::seconds(1), [this] { return stopping_; });
        }
    }

    SearchBook& book_;
    std::function<void()> ready_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace trunkline::knowledge

// Trying again until the database is there.
#include "trunk/adapters/startup.hpp"

#include "log/keys.hpp"
#include "log/log.hpp"

namespace trunkline::trunk {
namespace {

constexpr auto kBetweenTries = std::chrono::seconds(1);

}  // namespace

void Startup::Start() {
    thread_ = std::thread([this] { Run(); });
}

void Startup::Run() {
    while (true) {
        auto directory = prepare_();
        if (directory.ok()) {
            later_.Start();
            {
                const std::lock_guard lock(mutex_);
                is_started_ = true;
            }
            ready_(std::move(*directory));
            return;
        }
        log::Warning("waiting for the database",
                     {{log::kReason, directory.error().reason}, {log::kError, directory.error().message}});
        std::unique_lock lock(mutex_);
        if (wake_.wait_for(lock, kBetweenTries, [this] { return is_stopping_; })) {
            return;
        }
    }
}

void Startup::Drain(std::chrono::steady_clock::time_point deadline) {
    std::unique_lock lock(mutex_);
    const bool is_started = is_started_;
    lock.unlock();
    if (is_started) {
        later_.Drain(deadline);
    }
}

void Startup::Stop() {
    {
        const std::lock_guard lock(mutex_);
        is_stopping_ = true;
        wake_.notify_all();
    }
    if (thread_.joinable()) {
        thread_.join();
        later_.Stop();
    }
}

}  // namespace trunkline::trunk

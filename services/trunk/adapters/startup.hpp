// Waits for the database at start: applies the migrations, reads the directory, starts the writer of facts, opens the
// gateway. Until then the process runs, not ready, and refuses calls.
#pragma once
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "db/pool.hpp"
#include "service/host.hpp"
#include "trunk/domain/directory.hpp"

namespace trunkline::trunk {

class Startup final : public service::Component {
 public:
    // `prepare` is tried every second until it succeeds, on a thread of its own; then `later` is started and `ready` is
    // called there, once. Drain and Stop go on to `later`.
    using Prepare = std::function<Result<Directory>()>;
    using Ready = std::function<void(Directory)>;
    Startup(Prepare prepare, Ready ready, service::Component& later)
        : prepare_(std::move(prepare)), ready_(std::move(ready)), later_(later) {}
    ~Startup() override { Stop(); }

    void Start() override;
    void Drain(std::chrono::steady_clock::time_point deadline) override;
    void Stop() override;

 private:
    void Run();

    const Prepare prepare_;
    const Ready ready_;
    service::Component& later_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool is_stopping_ = false;
    bool is_started_ = false;
    std::thread thread_;
};

}  // namespace trunkline::trunk

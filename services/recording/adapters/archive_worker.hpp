// The thread on which recordings are brought home and looked after.
#pragma once
#include <prometheus/counter.h>
#include <prometheus/gauge.h>

#include <condition_variable>
#include <mutex>
#include <thread>

#include "recording/app/archivist.hpp"
#include "recording/app/caretaker.hpp"
#include "service/host.hpp"

namespace trunkline::recording {

class ArchiveWorker final : public service::Component {
 public:
    struct Figures {
        prometheus::Counter& stored;
        prometheus::Counter& retried;
        prometheus::Counter& failed;
        prometheus::Counter& damaged;
    };

    ArchiveWorker(Archivist& archivist, Caretaker& caretaker, const Clock& clock, Figures figures)
        : archivist_(archivist), caretaker_(caretaker), clock_(clock), figures_(figures) {}
    ~ArchiveWorker() override { Stop(); }

    // Something is due: look now. Safe from any thread, never blocks.
    void Ring();

    void Start() override;
    // The recording under way is finished.
    void Stop() override;

 private:
    void Run();
    void ReconcileWhenDue();
    void TidyWhenDue();
    // True when there may be more to do at once.
    bool Work();

    Archivist& archivist_;
    Caretaker& caretaker_;
    const Clock& clock_;
    Figures figures_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool rung_ = false;
    bool stopped_ = false;
    bool started_ = false;  // the spool was looked at since the start
    SteadyTime next_reconcile_{};
    SteadyTime next_tidy_{};
    std::thread thread_;
};

}  // namespace trunkline::recording

// The work that nobody asks for: what has expired is taken from the accounts, old request ids are forgotten.
#pragma once
#include <condition_variable>
#include <mutex>
#include <thread>

#include "customer/app/ports.hpp"
#include "db/pool.hpp"
#include "service/host.hpp"

namespace trunkline::customer {

// One thread, once a minute; a full minute's work goes on at once.
class Housekeeper final : public service::Component {
 public:
    Housekeeper(AccountStore& accounts, db::Pool& pool, const Clock& clock)
        : accounts_(accounts), pool_(pool), clock_(clock) {}
    ~Housekeeper() override { Stop(); }

    void Start() override;
    void Stop() override;
    // One round; whether there is more to do. For the thread, and for tests.
    bool Round();

 private:
    void Work();

    AccountStore& accounts_;
    db::Pool& pool_;
    const Clock& clock_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace trunkline::customer

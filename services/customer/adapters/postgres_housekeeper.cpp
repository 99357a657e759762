// SQL of what is forgotten, and the thread.
#include "customer/adapters/housekeeper.hpp"
#include "log/keys.hpp"
#include "log/log.hpp"

namespace trunkline::customer {
namespace {

constexpr int kAccounts = 500;
constexpr const char* kForget =
    "DELETE FROM request WHERE request_id IN"
    " (SELECT request_id FROM request WHERE time < now() - interval '7 days' LIMIT 10000)";

}  // namespace

void Housekeeper::Start() {
    thread_ = std::thread([this] { Work(); });
}

void Housekeeper::Stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) {
        thread_.join();
    }
}

bool Housekeeper::Round() {
    const auto expired = accounts_.ExpireDue(clock_.Now(), kAccounts);
    const Status forgotten = pool_.Run([](pqxx::work& transaction) { transaction.exec0(kForget); });
    for (const Error* error :
         {expired.ok() ? nullptr : &expired.error(), forgotten.ok() ? nullptr : &forgotten.error()}) {
        if (error != nullptr) {
            log::Warning("housekeeping failed, it is tried again", {{log::kReason, error->message}});
        }
    }
    return expired.ok() && *expired == kAccounts;
}

void Housekeeper::Work() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        lock.unlock();
        const bool more = Round();
        lock.lock();
        if (!more) {
            wake_.wait_for(lock, std::chrono::minutes(1), [this] { return stopping_; });
        }
    }
}

}  // namespace trunkline::customer

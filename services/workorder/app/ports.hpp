// What the work-order application needs from outside.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "workorder/app/settings.hpp"
#include "workorder/domain/steps.hpp"

namespace trunkline::workorder {

class SettingsSource {
 public:
    virtual ~SettingsSource() = default;
    // As they are now; never null. Safe from any thread.
    virtual std::shared_ptr<const Settings> Now() const = 0;
};

// What a change is decided upon: the locked orders.
struct Locked {
    const Order& order;
    const std::vector<LogEntry>& recent;  // since the revision that the caller had seen, oldest first
    const Order* other = nullptr;
};

struct ChangeRequest {
    std::string request_id;  // empty: the system's own, which cannot come twice
    std::string order_id;    // id or number
    std::string other_id;    // of MERGE and RELATE, else empty
    uint64_t seen_revision = 0;
};

// Orders with their logs. A write and the events that tell it are one transaction; a request id that was used before
// returns the order as it is and changes nothing.
class OrderStore {
 public:
    virtual ~OrderStore() = default;
    // The next number of the local day; empty when the request id was used before. Numbers of creations that fail are
    // lost.
    virtual Result<std::string> NextNumber(TimePoint now, const std::string& request_id) = 0;
    // `check_code` is what its customer proves himself with.
    virtual Result<Order> Insert(const std::string& request_id, const Change& change,
                                 const std::string& check_code) = 0;
    // Runs `decide` on the locked order and stores what it returns. kNotFound when there is no such order.
    virtual Result<Order> Change(const ChangeRequest& request,
                                 const std::function<Result<StepOutcome>(const Locked&)>& decide) = 0;
    // Files by id, in this order. kNotFound names the one that is missing or belongs to another order.
    virtual Result<std::vector<Attachment>> Attachments(const std::vector<std::string>& ids) = 0;
    // Orders for which time has brought something, locked one by one by Change.
    virtual Result<std::vector<std::string>> Alarmed(TimePoint now, int limit) = 0;
};

}  // namespace trunkline::workorder

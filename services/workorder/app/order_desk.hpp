// The use cases of work orders: create, take a step, let time pass.
#pragma once
#include "ids/ids.hpp"
#include "workorder/app/ports.hpp"

namespace trunkline::workorder {

struct StepCall {
    std::string request_id;
    std::string order_id;
    std::string other_id;
    std::vector<std::string> attachment_ids;
    StepRequest request;
};

struct CreateCall {
    std::string request_id;
    std::string type_id;
    std::vector<std::string> attachment_ids;
    NewOrder wanted;
};

struct Created {
    Order order;
    std::string check_code;  // empty when the request was known
};

// Safe from any thread; blocks on the store.
class OrderDesk {
 public:
    // `code` makes check codes that nobody can guess.
    struct Parts {
        OrderStore& store;
        const SettingsSource& settings;
        const Clock& clock;
        IdGenerator& ids;
        std::function<std::string()> code;
    };
    explicit OrderDesk(Parts parts) : parts_(std::move(parts)) {}

    // `request_id` makes a retry safe; kInvalidArgument when it is empty.
    Result<Created> Create(CreateCall call, const Who& who);
    Result<Order> Step(StepCall call, const Who& who);
    // Warnings, automatic steps and ends of suspensions of one order.
    Status Tick(const std::string& order_id);
    // Everything whose time has come, at most `limit` orders; how many there were.
    Result<int> TickAll(int limit);
    // After a change of the calendar: the order's deadlines as they are now.
    Status FollowCalendar(const std::string& order_id);

 private:
    TimePoint Now() const;

    Parts parts_;
};

}  // namespace trunkline::workorder

// A work order and its flow. Pure: the same order, step and time always give the same result.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "calendar/working_calendar.hpp"
#include "clock/clock.hpp"
#include "ids/ids.hpp"
#include "result/result.hpp"

namespace trunkline::workorder {

enum class OrderType { kConsultation = 1, kComplaint = 2, kSuggestion = 3 };

enum class OrderState {
    kDispatched = 1,  // with the branch, not accepted yet
    kAccepted = 2,
    kFedBack = 3,  // answered; the centre verifies with the customer
    kVerified = 4,
    kClosed = 5,
};

enum class Step { kCreate = 1, kAccept = 2, kFeedBack = 3, kVerify = 4, kSendBack = 5, kClose = 6, kNote = 7 };

const char* Name(OrderState state);
const char* Name(Step step);

// The flow (requirements W3). SEND_BACK: the customer does not agree. NOTE is allowed until the order is closed.
//
//   CREATE          ACCEPT         FEED_BACK        VERIFY          CLOSE
//  ────────> DISPATCHED ───> ACCEPTED ───────> FED_BACK ──────> VERIFIED ─────> CLOSED
//                               ▲                  │
//                               └──── SEND_BACK ───┘
//
// kFailedPrecondition (STEP_NOT_ALLOWED) for every other arrow.
Result<OrderState> Apply(OrderState state, Step step);

// One step as it was taken.
struct LogEntry {
    int number = 0;  // 1, 2, 3 ...
    Step step{};
    std::string actor;
    std::string text;
    TimePoint time{};
    OrderState state{};  // after the step
    std::string owner;   // after the step
};

struct Order {
    OrderId id;
    std::string number;  // what people are told; given when stored
    OrderType type{};
    OrderState state{};
    std::string title;
    std::string description;
    ContactId contact;
    std::string customer_number;
    std::string branch;
    std::string owner;  // who must act now; empty once closed
    TimePoint created{};
    TimePoint due{};
    std::optional<TimePoint> closed;
    uint64_t revision = 0;  // grows with every step
    std::vector<LogEntry> log;
};

struct NewOrder {
    OrderId id;
    OrderType type{};
    std::string title;
    std::string description;
    ContactId contact;
    std::string customer_number;
    std::string branch;
    std::string actor;
};

struct StepRequest {
    Step step{};
    std::string actor;
    std::string text;
    uint64_t revision = 0;  // 0: whatever it is now
};

// Working days that a type may take (requirements W1): complaint 5, consultation 3, suggestion 2.
int HandlingDays(OrderType type);

// A new order, dispatched to its branch, due at the end of the last working day allowed. kInvalidArgument names the
// field that is missing or too long.
Result<Order> CreateOrder(const NewOrder& wanted, const calendar::WorkingCalendar& calendar, TimePoint now);

// The order after a step, with its log entry. kAborted (ORDER_CHANGED) when somebody else was faster, kInvalidArgument
// when actor or text is missing, kFailedPrecondition as Apply.
Result<Order> TakeStep(Order order, const StepRequest& request, TimePoint now);

}  // namespace trunkline::workorder

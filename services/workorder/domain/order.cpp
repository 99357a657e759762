// The flow of a work order.
#include "workorder/domain/order.hpp"

#include <array>

namespace trunkline::workorder {
namespace {

constexpr const char* kCentre = "centre";
constexpr size_t kTitleLimit = 200;
constexpr size_t kTextLimit = 10'000;

struct Arrow {
    OrderState from;
    Step step;
    OrderState to;
};

constexpr std::array kArrows{
    Arrow{OrderState::kDispatched, Step::kAccept, OrderState::kAccepted},
    Arrow{OrderState::kAccepted, Step::kFeedBack, OrderState::kFedBack},
    Arrow{OrderState::kFedBack, Step::kVerify, OrderState::kVerified},
    Arrow{OrderState::kFedBack, Step::kSendBack, OrderState::kAccepted},
    Arrow{OrderState::kVerified, Step::kClose, OrderState::kClosed},
    Arrow{OrderState::kDispatched, Step::kNote, OrderState::kDispatched},
    Arrow{OrderState::kAccepted, Step::kNote, OrderState::kAccepted},
    Arrow{OrderState::kFedBack, Step::kNote, OrderState::kFedBack},
    Arrow{OrderState::kVerified, Step::kNote, OrderState::kVerified},
};

// One owner at any time: the branch while it handles, then the centre until the customer has been answered.
std::string OwnerIn(OrderState state, const std::string& branch) {
    switch (state) {
        case OrderState::kDispatched:
        case OrderState::kAccepted:
            return branch;
        case OrderState::kFedBack:
        case OrderState::kVerified:
            return kCentre;
        case OrderState::kClosed:
            return "";
    }
    return "";
}

Status CheckText(const std::string& field, const std::string& text, size_t limit, bool needed) {
    if (needed && text.empty()) {
        return Error{Code::kInvalidArgument, "FIELD_MISSING", field + " must not be empty"};
    }
    if (text.size() > limit) {
        return Error{Code::kInvalidArgument, "FIELD_TOO_LONG",
                     field + " is longer than " + std::to_string(limit) + " bytes"};
    }
    return {};
}

// What a person did must be told in words, except for plain confirmations.
bool NeedsText(Step step) { return step == Step::kFeedBack || step == Step::kSendBack || step == Step::kNote; }

void AppendLog(Order& order, Step step, const std::string& actor, const std::string& text, TimePoint now) {
    order.owner = OwnerIn(order.state, order.branch);
    order.revision++;
    order.log.push_back({static_cast<int>(order.log.size()) + 1, step, actor, text, now, order.state, order.owner});
}

}  // namespace

const char* Name(OrderState state) {
    static constexpr std::array kNames{"", "DISPATCHED", "ACCEPTED", "FED_BACK", "VERIFIED", "CLOSED"};
    return kNames.at(static_cast<size_t>(state));
}

const char* Name(Step step) {
    static constexpr std::array kNames{"", "CREATE", "ACCEPT", "FEED_BACK", "VERIFY", "SEND_BACK", "CLOSE", "NOTE"};
    return kNames.at(static_cast<size_t>(step));
}

Result<OrderState> Apply(OrderState state, Step step) {
    for (const Arrow& arrow : kArrows) {
        if (arrow.from == state && arrow.step == step) {
            return arrow.to;
        }
    }
    return Error{Code::kFailedPrecondition, "STEP_NOT_ALLOWED",
                 std::string("step ") + Name(step) + " is not allowed while the order is " + Name(state)};
}

int HandlingDays(OrderType type) {
    switch (type) {
        case OrderType::kComplaint:
            return 5;
        case OrderType::kConsultation:
            return 3;
        case OrderType::kSuggestion:
            return 2;
    }
    return 5;
}

Result<Order> CreateOrder(const NewOrder& wanted, const calendar::WorkingCalendar& calendar, TimePoint now) {
    for (const Status& sound :
         {CheckText("title", wanted.title, kTitleLimit, true),
          CheckText("description", wanted.description, kTextLimit, false),
          CheckText("branch", wanted.branch, kTitleLimit, true), CheckText("actor", wanted.actor, kTitleLimit, true),
          CheckText("customer_number", wanted.customer_number, kTitleLimit, false)}) {
        if (!sound.ok()) {
            return sound.error();
        }
    }
    const auto due = calendar.EndOfWorkingDay(now, HandlingDays(wanted.type));
    if (!due.ok()) {
        return due.error();
    }
    Order order;
    order.id = wanted.id;
    order.type = wanted.type;
    order.state = OrderState::kDispatched;
    order.title = wanted.title;
    order.description = wanted.description;
    order.contact = wanted.contact;
    order.customer_number = wanted.customer_number;
    order.branch = wanted.branch;
    order.created = now;
    order.due = *due;
    AppendLog(order, Step::kCreate, wanted.actor, wanted.title, now);
    return order;
}

Result<Order> TakeStep(Order order, const StepRequest& request, TimePoint now) {
    if (request.revision != 0 && request.revision != order.revision) {
        return Error{Code::kAborted, "ORDER_CHANGED",
                     "order " + order.number + " was changed by " + order.log.back().actor +
                         " in the meantime; read it again and repeat the step"};
    }
    for (const Status& sound : {CheckText("actor", request.actor, kTitleLimit, true),
                                CheckText("text", request.text, kTextLimit, NeedsText(request.step))}) {
        if (!sound.ok()) {
            return sound.error();
        }
    }
    const auto next = Apply(order.state, request.step);
    if (!next.ok()) {
        return next.error();
    }
    order.state = *next;
    if (order.state == OrderState::kClosed) {
        order.closed = now;
    }
    AppendLog(order, request.step, request.actor, request.text, now);
    return order;
}

}  // namespace trunkline::workorder

// Use cases: the domain decides, the store keeps.
#include "workorder/app/order_desk.hpp"

namespace trunkline::workorder {
namespace {

Status CheckRequestId(const std::string& request_id) {
    if (request_id.empty() || request_id.size() > 100) {
        return Error{Code::kInvalidArgument, "REQUEST_ID_MISSING",
                     "request_id must be given (up to 100 bytes), so that a retry does nothing twice"};
    }
    return {};
}

}  // namespace

// The database and the API know milliseconds, so nothing finer is decided upon.
TimePoint OrderDesk::Now() const { return FromUnixMillis(ToUnixMillis(parts_.clock.Now())); }

Result<Created> OrderDesk::Create(CreateCall call, const Who& who) {
    if (Status sound = CheckRequestId(call.request_id); !sound.ok()) {
        return sound.error();
    }
    const auto settings = parts_.settings.Now();
    const TypeDefinition* type = settings->Type(call.type_id);
    NewOrder& wanted = call.wanted;
    wanted.calendar_id = type == nullptr ? "" : settings->CalendarFor(*type, wanted.branch);
    const auto rules = settings->ForNew(call.type_id, wanted.calendar_id);
    if (!rules.ok()) {
        return rules.error();
    }
    const auto attachments = parts_.store.Attachments(call.attachment_ids);
    if (!attachments.ok()) {
        return attachments.error();
    }
    wanted.attachments = *attachments;
    wanted.id = OrderId{parts_.ids.New()};
    const TimePoint now = Now();
    // Checked before it takes a number.
    wanted.number = "-";
    if (const auto sound = CreateOrder(wanted, *rules, who, now); !sound.ok()) {
        return sound.error();
    }
    auto number = parts_.store.NextNumber(now, call.request_id);
    if (!number.ok()) {
        return number.error();
    }
    wanted.number = *number;
    const auto change = CreateOrder(wanted, *rules, who, now);
    if (!change.ok()) {
        return change.error();
    }
    const std::string code = parts_.code();
    auto order = parts_.store.Insert(call.request_id, *change, code);
    if (!order.ok()) {
        return order.error();
    }
    return Created{*order, order->id == wanted.id ? code : ""};
}

Result<Order> OrderDesk::Step(StepCall call, const Who& who) {
    if (Status sound = CheckRequestId(call.request_id); !sound.ok()) {
        return sound.error();
    }
    const auto attachments = parts_.store.Attachments(call.attachment_ids);
    if (!attachments.ok()) {
        return attachments.error();
    }
    call.request.attachments = *attachments;
    const auto settings = parts_.settings.Now();
    const ChangeRequest change{call.request_id, call.order_id, call.other_id, call.request.revision};
    return parts_.store.Change(change, [&](const Locked& locked) -> Result<StepOutcome> {
        const auto rules = settings->For(locked.order);
        if (!rules.ok()) {
            return rules.error();
        }
        return TakeStep({locked.order, call.request, who, locked.recent, locked.other}, *rules, Now());
    });
}

Status OrderDesk::Tick(const std::string& order_id) {
    const auto settings = parts_.settings.Now();
    const auto done = parts_.store.Change({"", order_id, "", 0}, [&](const Locked& locked) -> Result<StepOutcome> {
        const auto rules = settings->For(locked.order);
        if (!rules.ok()) {
            return rules.error();
        }
        auto change = workorder::Tick(locked.order, *rules, Now());
        if (!change.ok()) {
            return change.error();
        }
        return StepOutcome{std::move(change).value(), std::nullopt};
    });
    return done.ok() ? Status{} : Status{done.error()};
}

Result<int> OrderDesk::TickAll(int limit) {
    const auto due = parts_.store.Alarmed(Now(), limit);
    if (!due.ok()) {
        return due.error();
    }
    // One that cannot be helped now must not keep the others waiting.
    Status last;
    for (const std::string& order : *due) {
        if (Status ticked = Tick(order); !ticked.ok()) {
            last = ticked;
        }
    }
    return last.ok() ? Result<int>(static_cast<int>(due->size())) : Result<int>(last.error());
}

Status OrderDesk::FollowCalendar(const std::string& order_id) {
    const auto settings = parts_.settings.Now();
    const auto done = parts_.store.Change({"", order_id, "", 0}, [&](const Locked& locked) -> Result<StepOutcome> {
        const auto rules = settings->For(locked.order);
        if (!rules.ok()) {
            return rules.error();
        }
        Order order = locked.order;
        for (OrderClock& clock : order.clocks) {
            if (Status followed = Follow(clock, rules->calendar); !followed.ok()) {
                return followed.error();
            }
        }
        const auto alarm = NextAlarm(order, *rules);
        return StepOutcome{workorder::Change{std::move(order), {}, alarm, false}, std::nullopt};
    });
    return done.ok() ? Status{} : Status{done.error()};
}

}  // namespace trunkline::workorder

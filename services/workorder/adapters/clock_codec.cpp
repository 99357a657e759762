// Clocks, exact as they are kept and rounded as they are shown.
#include "workorder/adapters/order_codec.hpp"
#include "workorder/adapters/times.hpp"

namespace trunkline::workorder {

v1::StoredClock ToStored(const OrderClock& clock) {
    v1::StoredClock stored;
    stored.set_kind(static_cast<v1::ClockKind>(clock.kind));
    stored.set_limit_days(clock.limit.days);
    stored.set_limit_minutes(clock.limit.minutes);
    stored.set_start(Nanos(clock.start));
    stored.set_due(Nanos(clock.due));
    stored.set_first_due(Nanos(clock.first_due));
    if (clock.stop) {
        stored.set_stop(Nanos(*clock.stop));
    }
    if (clock.paused_at) {
        stored.set_paused_at(Nanos(*clock.paused_at));
    }
    stored.set_since(Nanos(clock.since));
    stored.set_used(clock.used.count());
    stored.set_allowed(clock.allowed.count());
    stored.set_extended(clock.extended.count());
    stored.set_paused(clock.paused.count());
    stored.mutable_warned()->Add(clock.warned.begin(), clock.warned.end());
    return stored;
}

OrderClock FromStored(const v1::StoredClock& stored) {
    OrderClock clock;
    clock.kind = static_cast<ClockKind>(stored.kind());
    clock.limit = {clock.kind, stored.limit_days(), stored.limit_minutes()};
    clock.start = FromNanos(stored.start());
    clock.due = FromNanos(stored.due());
    clock.first_due = FromNanos(stored.first_due());
    if (stored.has_stop()) {
        clock.stop = FromNanos(stored.stop());
    }
    if (stored.has_paused_at()) {
        clock.paused_at = FromNanos(stored.paused_at());
    }
    clock.since = FromNanos(stored.since());
    clock.used = Duration(stored.used());
    clock.allowed = Duration(stored.allowed());
    clock.extended = Duration(stored.extended());
    clock.paused = Duration(stored.paused());
    clock.warned = {stored.warned().begin(), stored.warned().end()};
    return clock;
}

v1::OrderClock ToProto(const OrderClock& clock, const WorkingCalendar& calendar, TimePoint now) {
    const auto minutes = [](Duration duration) {
        return static_cast<uint32_t>(std::chrono::duration_cast<std::chrono::minutes>(duration).count());
    };
    v1::OrderClock proto;
    proto.set_kind(static_cast<v1::ClockKind>(clock.kind));
    *proto.mutable_start_time() = ToTimestamp(clock.start);
    *proto.mutable_due_time() = ToTimestamp(clock.due);
    *proto.mutable_first_due_time() = ToTimestamp(clock.first_due);
    if (clock.stop) {
        *proto.mutable_stop_time() = ToTimestamp(*clock.stop);
    }
    proto.set_paused(clock.paused_at.has_value());
    proto.set_percent(static_cast<uint32_t>(Percent(clock, calendar, now)));
    proto.mutable_warned()->Add(clock.warned.begin(), clock.warned.end());
    proto.set_extended_minutes(minutes(clock.extended));
    proto.set_paused_minutes(minutes(clock.paused));
    proto.set_allowed_minutes(minutes(clock.allowed));
    return proto;
}

}  // namespace trunkline::workorder

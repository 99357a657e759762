// Mapping; enumerators have the same numbers on both sides.
#include "workorder/adapters/order_codec.hpp"

#include "google/protobuf/util/time_util.h"
#include "trunkline/workorder/v1/events.pb.h"

namespace trunkline::workorder {
namespace {

google::protobuf::Timestamp ToTimestamp(TimePoint time) {
    return google::protobuf::util::TimeUtil::MillisecondsToTimestamp(ToUnixMillis(time));
}

v1::OrderState ToProto(OrderState state) { return static_cast<v1::OrderState>(state); }
v1::Step ToProto(Step step) { return static_cast<v1::Step>(step); }
v1::OrderType ToProto(OrderType type) { return static_cast<v1::OrderType>(type); }

bus::Event Created(const Order& order, const LogEntry& entry) {
    v1::OrderCreated event;
    event.set_order_id(order.id.str());
    event.set_number(order.number);
    event.set_type(ToProto(order.type));
    event.set_contact_id(order.contact.str());
    event.set_branch(order.branch);
    event.set_actor(entry.actor);
    *event.mutable_due_time() = ToTimestamp(order.due);
    return bus::MakeEvent(event, order.id.str(), order.id.str(), entry.time);
}

bus::Event StepTaken(const Order& order, const LogEntry& entry) {
    v1::OrderStepTaken event;
    event.set_order_id(order.id.str());
    event.set_number(order.number);
    event.set_contact_id(order.contact.str());
    event.set_log_number(static_cast<uint32_t>(entry.number));
    event.set_step(ToProto(entry.step));
    event.set_actor(entry.actor);
    event.set_state(ToProto(entry.state));
    event.set_owner(entry.owner);
    return bus::MakeEvent(event, order.id.str(), order.id.str() + "/" + std::to_string(entry.number), entry.time);
}

bus::Event Closed(const Order& order, const LogEntry& entry) {
    v1::OrderClosed event;
    event.set_order_id(order.id.str());
    event.set_number(order.number);
    event.set_contact_id(order.contact.str());
    *event.mutable_due_time() = ToTimestamp(order.due);
    *event.mutable_close_time() = ToTimestamp(entry.time);
    return bus::MakeEvent(event, order.id.str(), order.id.str(), entry.time);
}

}  // namespace

v1::Order ToProto(const Order& order) {
    v1::Order proto;
    proto.set_order_id(order.id.str());
    proto.set_number(order.number);
    proto.set_type(ToProto(order.type));
    proto.set_state(ToProto(order.state));
    proto.set_title(order.title);
    proto.set_description(order.description);
    proto.set_contact_id(order.contact.str());
    proto.set_customer_number(order.customer_number);
    proto.set_branch(order.branch);
    proto.set_owner(order.owner);
    *proto.mutable_create_time() = ToTimestamp(order.created);
    *proto.mutable_due_time() = ToTimestamp(order.due);
    if (order.closed) {
        *proto.mutable_close_time() = ToTimestamp(*order.closed);
    }
    proto.set_revision(order.revision);
    for (const LogEntry& entry : order.log) {
        auto& line = *proto.add_log();
        line.set_number(static_cast<uint32_t>(entry.number));
        line.set_step(ToProto(entry.step));
        line.set_actor(entry.actor);
        line.set_text(entry.text);
        *line.mutable_time() = ToTimestamp(entry.time);
        line.set_state(ToProto(entry.state));
        line.set_owner(entry.owner);
    }
    return proto;
}

std::vector<bus::Event> EventsOf(const Order& order, const LogEntry& entry) {
    std::vector<bus::Event> events;
    events.push_back(entry.step == Step::kCreate ? Created(order, entry) : StepTaken(order, entry));
    if (entry.state == OrderState::kClosed) {
        events.push_back(Closed(order, entry));
    }
    return events;
}

}  // namespace trunkline::workorder

// Between the domain's order and its protos.
#pragma once
#include <vector>

#include "bus/outbox.hpp"
#include "trunkline/workorder/v1/resources.pb.h"
#include "workorder/domain/order.hpp"

namespace trunkline::workorder {

v1::Order ToProto(const Order& order);
// The facts that one log entry tells: OrderCreated or OrderStepTaken, and OrderClosed with the last step.
std::vector<bus::Event> EventsOf(const Order& order, const LogEntry& entry);

}  // namespace trunkline::workorder

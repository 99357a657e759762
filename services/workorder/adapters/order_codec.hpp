// Between the domain's order and its protos.
#pragma once
#include "trunkline/workorder/v1/stored.pb.h"
#include "workorder/domain/steps.hpp"

namespace trunkline::workorder {

v1::StoredOrder ToStored(const Order& order);
Order FromStored(const v1::StoredOrder& stored);
v1::StoredClock ToStored(const OrderClock& clock);
OrderClock FromStored(const v1::StoredClock& stored);
v1::LogEntry ToProto(const LogEntry& entry);
LogEntry FromProto(const v1::LogEntry& entry);
v1::Attachment ToProto(const Attachment& attachment);
v1::Urging ToProto(const Urging& urging);
// As a reader sees a clock at `now`.
v1::OrderClock ToProto(const OrderClock& clock, const WorkingCalendar& calendar, TimePoint now);
// What the stored body does not tell: clocks as they are now, and the steps that `who` may take.
void AddCourse(const Order& order, const Rules& rules, const Who& who, TimePoint now, v1::Order& shown);
std::vector<ContactWay> Ways(const google::protobuf::RepeatedPtrField<v1::ContactWay>& protos);

}  // namespace trunkline::workorder

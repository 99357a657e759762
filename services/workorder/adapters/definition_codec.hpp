// Definitions as the API carries them, made into what the domain works with.
#pragma once
#include "trunkline/workorder/v1/definitions.pb.h"
#include "workorder/domain/order.hpp"
#include "workorder/domain/order_type.hpp"

namespace trunkline::workorder {

TypeDefinition FromProto(const v1::OrderTypeDefinition& proto);
Flow FromProto(const v1::FlowDefinition& proto);
Unit FromProto(const v1::Unit& proto);
// kInvalidArgument names the span, date or line that is wrong.
Result<WorkingCalendar> FromProto(const v1::CalendarDefinition& proto);
// "09:00-12:00"; an end above 24:00 runs into the next day.
Result<calendar::Span> ParseSpan(const std::string& text);
std::string ToText(const calendar::Date& date);
v1::Fault ToProto(const Fault& fault);

}  // namespace trunkline::workorder

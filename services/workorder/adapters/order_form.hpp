// The order form on paper: a PDF with its fonts inside.
#pragma once
#include <string>

#include "calendar/working_calendar.hpp"
#include "trunkline/workorder/v1/resources.pb.h"
#include "workorder/domain/order_type.hpp"

namespace trunkline::workorder {

struct FormInput {
    const v1::Order& order;      // with log; numbers as the reader may see them
    const TypeDefinition* type;  // names of the form's fields; null: their ids
    const Organisation& units;
    const calendar::WorkingCalendar& calendar;  // whose zone times are shown in
};
// kInternal when there is no font or the drawing fails.
Result<std::string> PrintForm(const FormInput& input);

}  // namespace trunkline::workorder

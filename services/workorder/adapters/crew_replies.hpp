// Crews move orders on by SMS: who is it, which order does he mean, which step is it.
#pragma once
#include "trunkline/workorder/v1/service.pb.h"
#include "workorder/adapters/catalogue.hpp"
#include "workorder/adapters/order_reader.hpp"
#include "workorder/adapters/service_store.hpp"
#include "workorder/app/order_desk.hpp"

namespace trunkline::workorder {

struct CrewParts {
    OrderDesk& desk;
    Catalogue& catalogue;
    ServiceStore& store;
    OrderReader& reader;
};

// Takes the step as the crew's own, with the crew's unit and no right beside; kept with its answer, so that the same
// request id only tells it again.
Result<v1::ReceiveCrewMessageResponse> TakeCrewMessage(const CrewParts& parts,
                                                       const v1::ReceiveCrewMessageRequest& request);

}  // namespace trunkline::workorder

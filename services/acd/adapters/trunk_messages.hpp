// The messages of trunkline.trunk.v1.CallControl as the desk's calls, events and orders.
#pragma once
#include <optional>

#include "acd/app/calls.hpp"
#include "trunkline/trunk/v1/trunk.pb.h"

namespace trunkline::acd {

// Nothing when the event is of no interest here. `now` stands in for a time that is not set.
std::optional<calls::Event> FromProto(const trunk::v1::AttachResponse& message, TimePoint now);

trunk::v1::AttachRequest ToProto(const calls::Order& order);

}  // namespace trunkline::acd

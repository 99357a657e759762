// Calls, events and commands between the trunk gateway's protocol and ours.
#pragma once
#include <optional>

#include "ivr/app/link_event.hpp"
#include "trunkline/trunk/v1/trunk.pb.h"

namespace trunkline::ivr {

Call FromProto(const trunk::v1::Call& call);
// Nothing for events that self service has no use for, and for Snapshot, which is no event of one call.
std::optional<LinkEvent> FromProto(const trunk::v1::AttachResponse& response);
// Fills in the action of a command. Texts must have become prompts.
void ToProto(const Command& command, trunk::v1::Command& message);

}  // namespace trunkline::ivr

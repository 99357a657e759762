// The place of a call in its flow as entries of the call's attached data, which outlive this process.
#pragma once
#include <optional>
#include <string>

#include "ivr/app/ports.hpp"

namespace trunkline::ivr {

struct Checkpoint {
    FlowVersion flow;
    Progress progress;
};

// Entries "ivr.flow", "ivr.version", "ivr.node", "ivr.step" and "ivr.vars".
CallData ToData(const Checkpoint& checkpoint);
// Nothing when the call never began a flow, or when its entries cannot be read.
std::optional<Checkpoint> FromData(const CallData& data);

}  // namespace trunkline::ivr

// Flows between their published form (trunkline.ivr.v1.Flow, or its JSON) and the domain's.
#pragma once
#include <string>

#include "ivr/domain/flow.hpp"
#include "result/result.hpp"
#include "trunkline/ivr/v1/flow.pb.h"

namespace trunkline::ivr {

// Fills in what is left out: a menu or collect node has 3 tries and 5 s, a transfer rings 30 s, the language is zh.
Flow FromProto(const v1::Flow& flow);

// BAD_FLOW_JSON names what cannot be read; a field that does not exist is an error too.
Result<v1::Flow> FromJson(const std::string& json);
std::string ToJson(const v1::Flow& flow);
// Both steps: what the flow store keeps, as the domain sees it.
Result<Flow> ParseFlow(const std::string& json);

}  // namespace trunkline::ivr

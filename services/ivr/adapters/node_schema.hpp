// What kinds of nodes there are, for editors: read off the message Node, so that a new kind is described by being
// added.
#pragma once
#include "trunkline/ivr/v1/ivr.pb.h"

namespace trunkline::ivr {

v1::DescribeNodesResponse DescribeNodes();

}  // namespace trunkline::ivr

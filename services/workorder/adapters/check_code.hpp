// Check codes that are told with an order's number, so that a number alone opens nothing.
#pragma once
#include <string>

namespace trunkline::workorder {

// Six digits, which can be keyed in, from the system's secure source of randomness.
std::string NewCheckCode();

}  // namespace trunkline::workorder

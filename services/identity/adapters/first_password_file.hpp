// The one-time password of the first administrator, where only the operator of the machine finds it.
#pragma once
#include <string>

#include "identity/app/administration.hpp"

namespace trunkline::identity {

// Shipped roles and, when there is no user yet, the administrator, whose password is written to `path`, readable by its
// owner only. Throws std::runtime_error with the reason when it cannot.
void PrepareFirstStart(Administration& administration, const std::string& path);

}  // namespace trunkline::identity

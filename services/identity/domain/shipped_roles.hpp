// The roles that the suite brings; an operator may change them, and then they stay as he made them.
#pragma once
#include <vector>

#include "identity/domain/rights.hpp"

namespace trunkline::identity {

inline constexpr const char* kAdministratorRole = "administrator";

const std::vector<Role>& ShippedRoles();

}  // namespace trunkline::identity

// Forward-only changes of a service's schema, applied at start under an advisory lock.
#pragma once
#include <string>
#include <vector>

namespace trunkline::db {

struct Migration {
    std::string name;  // file name without ending: "0001_create_outbox"
    std::string sql;
};
using Migrations = std::vector<Migration>;

}  // namespace trunkline::db

// What the stores share.
#pragma once
#include <pqxx/pqxx>
#include <string>
#include <vector>

#include "knowledge/app/ports.hpp"
#include "trunkline/knowledge/v1/resources.pb.h"

namespace trunkline::knowledge {

// Throws db::Rollback <WHAT>_NOT_FOUND when the text is no UUID, so that it never reaches a query.
void CheckUuid(const std::string& id, const std::string& what);
// An error NOT_FOUND of the same form, to be thrown.
[[noreturn]] void ThrowNotFound(const std::string& id, const std::string& what);
std::string ToArray(const std::vector<std::string>& items);
// True when the request id is new; otherwise `subject` becomes what it was used for.
bool Claim(pqxx::work& transaction, const std::string& request_id, std::string& subject);
// Adds or replaces a task, and tells it.
void StoreTask(pqxx::work& transaction, const v1::Task& task, TimePoint now);

}  // namespace trunkline::knowledge

// Live contacts without a call in PostgreSQL. Everything here is part of a transaction and throws pqxx exceptions.
#pragma once
#include <pqxx/pqxx>
#include <vector>

#include "acd/app/ports.hpp"

namespace trunkline::acd {

std::vector<Task> LoadTasks(pqxx::work& transaction);
// Of one transaction the last word about a task counts.
void SaveTask(pqxx::work& transaction, const Task& task);
void DeleteTask(pqxx::work& transaction, const ContactId& task);

}  // namespace trunkline::acd

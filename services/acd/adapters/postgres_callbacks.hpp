// Callbacks in PostgreSQL.
#pragma once
#include <pqxx/pqxx>
#include <string>
#include <vector>

#include "acd/domain/callback.hpp"

namespace trunkline::acd {

// Parts of the transaction that tells the facts; an older state never replaces a newer one. Throw pqxx exceptions.
void SaveCallback(pqxx::work& transaction, const Callback& callback);
void DeleteCallback(pqxx::work& transaction, const CallbackId& callback);

// In the order of their places. A row that cannot be read is told and left out.
std::vector<Callback> LoadCallbacks(pqxx::work& transaction);
std::vector<std::string> LoadDoNotCall(pqxx::work& transaction);

}  // namespace trunkline::acd

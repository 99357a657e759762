// What the stores share: reading records, request ids, audit.
#pragma once
#include <pqxx/pqxx>

#include "customer/app/ports.hpp"

namespace trunkline::customer {

// Throws db::Rollback CUSTOMER_NOT_FOUND when the text is no UUID, so that it never reaches a query.
void CheckUuid(const std::string& id, const std::string& what);
// A PostgreSQL array literal.
std::string ToArray(const std::vector<std::string>& items);
std::string Bytes(const pqxx::field& field);

// Records with their numbers, in the order of `ids`. A record that others were merged into is shown as one with them.
std::vector<Customer> LoadCustomers(pqxx::work& transaction, const std::vector<std::string>& ids);
// Throws db::Rollback CUSTOMER_NOT_FOUND.
Customer LoadCustomer(pqxx::work& transaction, const std::string& id);
// Locks the record itself; throws db::Rollback CUSTOMER_NOT_FOUND, or CUSTOMER_MERGED when it is part of another one.
Customer LockCustomer(pqxx::work& transaction, const std::string& id);
// The record itself and all that were merged into it.
std::vector<std::string> Family(pqxx::work& transaction, const std::string& id);
// Records (not parts) that own a number; six at the most.
std::vector<std::string> OwnersOf(pqxx::work& transaction, const std::string& hash);

void InsertCustomer(pqxx::work& transaction, const Customer& customer);
// Writes the profile as it is now, with the next revision.
void StoreProfile(pqxx::work& transaction, Customer& customer, TimePoint now);
// Adds a number, suggests other owners as duplicates, and takes over what nobody claimed of its history.
void InsertNumber(pqxx::work& transaction, const std::string& customer_id, const KeptNumber& number);

// True when the request id is new; otherwise `subject` becomes what it was used for.
bool Claim(pqxx::work& transaction, const std::string& request_id, std::string& subject);
void Audit(pqxx::work& transaction, const Stamp& stamp, const std::string& action, const std::string& subject,
           const std::string& reason);

}  // namespace trunkline::customer

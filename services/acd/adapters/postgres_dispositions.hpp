// Categories and notes of contacts in PostgreSQL.
#pragma once
#include <optional>
#include <vector>

#include "acd/domain/categories.hpp"
#include "db/pool.hpp"
#include "trunkline/acd/v1/dispositions.pb.h"

namespace trunkline::acd {

class PostgresDispositions {
 public:
    explicit PostgresDispositions(db::Pool& pool) : pool_(pool) {}

    Result<Categories> LoadCategories();
    // Checked against the others in the same transaction.
    Status SaveCategory(const Category& category);
    Status DeleteCategory(const std::string& id);

    Result<bool> HasNotes(const std::string& contact, const std::string& agent);
    // A draft; a disposed contact stays disposed.
    Status SaveNotes(const v1::ContactNotes& notes);
    Result<std::vector<v1::ContactNotes>> ListNotes(const v1::ListNotesRequest& request);

 private:
    db::Pool& pool_;
};

// Part of the transaction that tells of it; safe to run again. Throws pqxx exceptions.
void StoreNotes(pqxx::work& transaction, const v1::ContactNotes& notes);

v1::Category ToProto(const Category& category);
Category FromProto(const v1::Category& message);

}  // namespace trunkline::acd

// Records in bulk: imports, exports, erasure.
#pragma once
#include "customer/app/ports.hpp"
#include "db/pool.hpp"

namespace trunkline::customer {

class PostgresImportStore final : public ImportStore {
 public:
    PostgresImportStore(db::Pool& pool, IdGenerator& ids, std::function<void()> committed)
        : pool_(pool), ids_(ids), committed_(std::move(committed)) {}

    Result<ImportState> Start(const Stamp& stamp, const ImportState& import) override;
    Result<ImportState> Advance(const Stamp& stamp, const std::string& import_id,
                                const std::function<Result<Part>(ImportState&)>& advance) override;
    Result<ImportState> Find(const std::string& import_id) override;
    Result<std::vector<ImportFault>> Faults(const std::string& import_id, int limit, int64_t after) override;

 private:
    db::Pool& pool_;
    IdGenerator& ids_;
    std::function<void()> committed_;
};

class PostgresErasureStore final : public ErasureStore {
 public:
    PostgresErasureStore(db::Pool& pool, std::function<void()> committed)
        : pool_(pool), committed_(std::move(committed)) {}

    Result<ErasureProof> Erase(const Stamp& stamp, const CustomerId& id, const std::string& ground,
                               const std::function<std::string(const ErasureProof&)>& sign) override;
    Result<ErasureProof> Proof(const CustomerId& id) override;

 private:
    db::Pool& pool_;
    std::function<void()> committed_;
};

// One customer of an export; `sealed` in the order of the numbers.
struct ExportedCustomer {
    Customer customer;
    std::vector<std::string> sealed;
};

// A page of an export, ordered by id, after the last id of the page before.
Result<std::vector<ExportedCustomer>> ExportPage(db::Pool& pool, const std::string& tag, const std::string& after,
                                                 int limit);
// Audits an export before its first line leaves.
Status AuditExport(db::Pool& pool, const Stamp& stamp, bool clear_numbers, const std::string& tag,
                   const std::string& reason);

}  // namespace trunkline::customer

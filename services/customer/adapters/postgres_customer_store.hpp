// Customers in PostgreSQL: records, numbers, search, merging.
#pragma once
#include "customer/app/ports.hpp"
#include "db/pool.hpp"

namespace trunkline::customer {

class PostgresCustomerStore final : public CustomerStore {
 public:
    // `committed` is called after each commit that told events (the publisher's doorbell).
    PostgresCustomerStore(db::Pool& pool, std::function<void()> committed)
        : pool_(pool), committed_(std::move(committed)) {}

    Result<Customer> Create(const Stamp& stamp, const Customer& customer,
                            const std::vector<KeptNumber>& numbers) override;
    Result<Customer> Update(const Stamp& stamp, const CustomerId& id,
                            const std::function<Result<Profile>(const Customer&)>& change) override;
    Result<Customer> Find(const CustomerId& id) override;
    Result<CustomerPage> Search(const SearchQuery& query) override;
    Result<Customer> AddNumber(const Stamp& stamp, const CustomerId& id, const KeptNumber& number) override;
    Result<Customer> RemoveNumber(const Stamp& stamp, const CustomerId& id, const std::string& number_id) override;
    Result<KeptNumber> Reveal(const Stamp& stamp, const CustomerId& id, const std::string& number_id,
                              const std::string& reason) override;

 private:
    db::Pool& pool_;
    std::function<void()> committed_;
};

class PostgresMergeStore final : public MergeStore {
 public:
    PostgresMergeStore(db::Pool& pool, std::function<void()> committed)
        : pool_(pool), committed_(std::move(committed)) {}

    Result<Customer> Merge(const Stamp& stamp, const CustomerId& keep, const CustomerId& gone,
                           const std::string& reason) override;
    Result<Customer> Undo(const Stamp& stamp, const CustomerId& gone, const std::string& reason) override;
    Result<DuplicatePage> Duplicates(const CustomerId& of, int limit, const std::string& after) override;
    Status Dismiss(const Stamp& stamp, const CustomerId& first, const CustomerId& second) override;

 private:
    db::Pool& pool_;
    std::function<void()> committed_;
};

}  // namespace trunkline::customer

// Membership accounts in PostgreSQL: the row of an account is its lock, the rules are the domain's.
#pragma once
#include <pqxx/pqxx>

#include "customer/app/ports.hpp"
#include "db/pool.hpp"

namespace trunkline::customer {

// Accounts of a customer and of those merged into him.
std::vector<Account> AccountsOf(pqxx::work& transaction, const std::string& customer_id);

class PostgresAccountStore final : public AccountStore {
 public:
    PostgresAccountStore(db::Pool& pool, IdGenerator& ids, std::function<void()> committed)
        : pool_(pool), ids_(ids), committed_(std::move(committed)) {}

    Result<Account> Open(const Stamp& stamp, const Account& account) override;
    Result<Account> Close(const Stamp& stamp, const std::string& account_id) override;
    Result<PostedLine> Post(const Stamp& stamp, const std::string& account_id, const Wish& wish,
                            const StatementLine& texts) override;
    Result<Account> Find(const std::string& account_id) override;
    Result<std::vector<Account>> Of(const CustomerId& customer) override;
    Result<std::vector<Account>> OfNumber(const std::string& number_hash) override;
    Result<Statement> Lines(const std::string& account_id, int limit, int64_t before) override;
    Result<int> ExpireDue(TimePoint now, int limit) override;

 private:
    // Writes a movement with its two postings, and tells it.
    void Write(pqxx::work& transaction, const Account& account, const Line& line, const StatementLine& texts,
               const Stamp& stamp);

    db::Pool& pool_;
    IdGenerator& ids_;
    std::function<void()> committed_;
};

}  // namespace trunkline::customer

// The use cases of customers, accounts, imports and erasure.
#pragma once
#include "customer/app/number_keeper.hpp"
#include "customer/app/ports.hpp"

namespace trunkline::customer {

struct WrittenNumber {
    std::string number;
    std::string label;
};

// What every desk works with.
struct Tools {
    const NumberKeeper& keeper;
    const Clock& clock;
    IdGenerator& ids;
};

// Safe from any thread; blocks on the store. `actor` is who asks; a write needs a request id.
class CustomerDesk {
 public:
    CustomerDesk(CustomerStore& store, MergeStore& merges, Tools tools)
        : store_(store), merges_(merges), tools_(tools) {}

    Result<Customer> Create(const std::string& actor, const std::string& request_id, Profile profile,
                            const std::vector<WrittenNumber>& numbers);
    // `revision` 0: whatever it is now; else error CUSTOMER_CHANGED when it is not the present one.
    Result<Customer> Update(const std::string& actor, const std::string& request_id, const Customer& wanted);
    Result<Customer> Find(const CustomerId& id) { return store_.Find(id); }
    Result<CustomerPage> Search(SearchQuery query);
    Result<Customer> AddNumber(const std::string& actor, const std::string& request_id, const CustomerId& id,
                               const WrittenNumber& number, bool primary);
    Result<Customer> RemoveNumber(const std::string& actor, const std::string& request_id, const CustomerId& id,
                                  const std::string& number_id);
    // The number with its clear text; error REASON_MISSING.
    Result<std::pair<ShownNumber, std::string>> Reveal(const std::string& actor, const CustomerId& id,
                                                       const std::string& number_id, const std::string& reason);
    Result<Customer> Merge(const std::string& actor, const std::string& request_id, const CustomerId& keep,
                           const CustomerId& gone, const std::string& reason);
    Result<Customer> UndoMerge(const std::string& actor, const std::string& request_id, const CustomerId& gone,
                               const std::string& reason);
    Result<DuplicatePage> Duplicates(const CustomerId& of, int limit, const std::string& after) {
        return merges_.Duplicates(of, limit, after);
    }
    Status Dismiss(const std::string& actor, const CustomerId& first, const CustomerId& second) {
        return merges_.Dismiss({"", actor, tools_.clock.Now()}, first, second);
    }

 private:
    CustomerStore& store_;
    MergeStore& merges_;
    Tools tools_;
};

class AccountDesk {
 public:
    AccountDesk(AccountStore& store, Tools tools) : store_(store), tools_(tools) {}

    Result<Account> Open(const std::string& actor, const std::string& request_id, Account account);
    Result<Account> Close(const std::string& actor, const std::string& request_id, const std::string& account_id);
    Result<PostedLine> Post(const std::string& actor, const std::string& request_id, const std::string& account_id,
                            const Wish& wish, const StatementLine& texts);
    // Sentences for whoever asks from `number`; `card` empty: of every open account of his. How many there were.
    Result<std::pair<std::string, int>> Read(const std::string& number, const std::string& card,
                                             const std::string& language, int movements);
    AccountStore& store() { return store_; }

 private:
    AccountStore& store_;
    Tools tools_;
};

class ImportDesk {
 public:
    ImportDesk(ImportStore& store, Tools tools) : store_(store), tools_(tools) {}

    Result<ImportState> Start(const std::string& actor, const std::string& request_id, const std::string& name,
                              bool dry_run);
    // Errors: IMPORT_OFFSET (kAborted), IMPORT_FINISHED, PART_TOO_LARGE, and those of ImportColumns.
    Result<ImportState> Add(const std::string& actor, const std::string& import_id, uint64_t offset,
                            const std::string& data, bool last);
    ImportStore& store() { return store_; }

 private:
    Result<ImportStore::Part> Advance(ImportState& state, const std::string& data, bool last) const;

    ImportStore& store_;
    Tools tools_;
};

class ErasureDesk {
 public:
    ErasureDesk(ErasureStore& store, Tools tools) : store_(store), tools_(tools) {}

    Result<ErasureProof> Erase(const std::string& actor, const std::string& request_id, const CustomerId& id,
                               const std::string& ground);
    Result<ErasureProof> Proof(const CustomerId& id) { return store_.Proof(id); }
    // The signature fits and nothing names the customer any more.
    bool Holds(const ErasureProof& proof) const {
        return proof.remaining == 0 && tools_.keeper.Sign(proof) == proof.signature;
    }

 private:
    ErasureStore& store_;
    Tools tools_;
};

}  // namespace trunkline::customer

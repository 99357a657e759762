// What the customer application needs from outside. A write, its event and its request id are one transaction; a
// request id that was used before returns the record as it is and changes nothing.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "customer/domain/customer.hpp"
#include "customer/domain/import_row.hpp"
#include "customer/domain/ledger.hpp"

namespace trunkline::customer {

// A number as it rests in the database.
struct KeptNumber {
    std::string hash;
    std::string sealed;
    ShownNumber shown;
};

// Who did it and when.
struct Stamp {
    std::string request_id;  // empty: not kept
    std::string actor;
    TimePoint now{};
};

struct SearchQuery {
    std::string text;
    std::string number_hash;  // of `text`, when that can be a number
    std::string tag;
    int limit = 50;
    std::string after;
};

struct CustomerPage {
    std::vector<Customer> customers;
    std::string next;
};

class CustomerStore {
 public:
    virtual ~CustomerStore() = default;
    virtual Result<Customer> Create(const Stamp& stamp, const Customer& customer,
                                    const std::vector<KeptNumber>& numbers) = 0;
    // Runs `change` on the locked record and stores the profile that it returns.
    virtual Result<Customer> Update(const Stamp& stamp, const CustomerId& id,
                                    const std::function<Result<Profile>(const Customer&)>& change) = 0;
    virtual Result<Customer> Find(const CustomerId& id) = 0;
    virtual Result<CustomerPage> Search(const SearchQuery& query) = 0;
    virtual Result<Customer> AddNumber(const Stamp& stamp, const CustomerId& id, const KeptNumber& number) = 0;
    virtual Result<Customer> RemoveNumber(const Stamp& stamp, const CustomerId& id, const std::string& number_id) = 0;
    // The number; that it was shown is audited in the same transaction.
    virtual Result<KeptNumber> Reveal(const Stamp& stamp, const CustomerId& id, const std::string& number_id,
                                      const std::string& reason) = 0;
};

struct DuplicatePair {
    Customer first;
    Customer second;
    std::string reason;
};

struct DuplicatePage {
    std::vector<DuplicatePair> pairs;
    std::string next;
};

class MergeStore {
 public:
    virtual ~MergeStore() = default;
    virtual Result<Customer> Merge(const Stamp& stamp, const CustomerId& keep, const CustomerId& gone,
                                   const std::string& reason) = 0;
    virtual Result<Customer> Undo(const Stamp& stamp, const CustomerId& gone, const std::string& reason) = 0;
    // `of` empty: of all.
    virtual Result<DuplicatePage> Duplicates(const CustomerId& of, int limit, const std::string& after) = 0;
    virtual Status Dismiss(const Stamp& stamp, const CustomerId& first, const CustomerId& second) = 0;
};

struct Account {
    std::string id;
    CustomerId customer;
    std::string card_number;
    int unit = 1;  // 1 points, 2 money
    bool closed = false;
    TimePoint opened{};
    Purse purse;
};

struct StatementLine {
    Line line;
    TimePoint time{};
    std::string reason;
    std::string reference;
    std::string actor;
};

struct PostedLine {
    Account account;
    StatementLine line;
};

struct Statement {
    Account account;
    std::vector<StatementLine> lines;
    int64_t next = 0;  // 0: nothing follows
};

class AccountStore {
 public:
    virtual ~AccountStore() = default;
    // `card_number` empty: one is given.
    virtual Result<Account> Open(const Stamp& stamp, const Account& account) = 0;
    virtual Result<Account> Close(const Stamp& stamp, const std::string& account_id) = 0;
    // Expires what is due, then applies the wish, on the locked account.
    virtual Result<PostedLine> Post(const Stamp& stamp, const std::string& account_id, const Wish& wish,
                                    const StatementLine& texts) = 0;
    // By id or card number.
    virtual Result<Account> Find(const std::string& account_id) = 0;
    virtual Result<std::vector<Account>> Of(const CustomerId& customer) = 0;
    // Of everybody who has the number.
    virtual Result<std::vector<Account>> OfNumber(const std::string& number_hash) = 0;
    virtual Result<Statement> Lines(const std::string& account_id, int limit, int64_t before) = 0;
    // Takes away what has expired on up to `limit` accounts; how many there were.
    virtual Result<int> ExpireDue(TimePoint now, int limit) = 0;
};

// How far an import is, and what is needed to go on.
struct ImportState {
    std::string id;
    std::string name;
    bool dry_run = false;
    uint64_t taken = 0;
    std::string rest;
    std::vector<std::string> columns;
    uint64_t lines = 0;  // the line that comes next, from 1
    uint64_t created = 0;
    uint64_t updated = 0;
    uint64_t refused = 0;
    bool finished = false;
};

struct ReadyRow {
    ImportRow row;
    std::vector<KeptNumber> numbers;
};

class ImportStore {
 public:
    virtual ~ImportStore() = default;
    virtual Result<ImportState> Start(const Stamp& stamp, const ImportState& import) = 0;
    // One part in one transaction: `advance` moves the locked state on and hands out the rows that are sound and the
    // faults.
    struct Part {
        std::vector<ReadyRow> rows;
        std::vector<ImportFault> faults;
    };
    virtual Result<ImportState> Advance(const Stamp& stamp, const std::string& import_id,
                                        const std::function<Result<Part>(ImportState&)>& advance) = 0;
    virtual Result<ImportState> Find(const std::string& import_id) = 0;
    virtual Result<std::vector<ImportFault>> Faults(const std::string& import_id, int limit, int64_t after) = 0;
};

struct ErasureProof {
    CustomerId customer;
    TimePoint time{};
    std::string actor;
    std::string ground;
    std::map<std::string, uint32_t> removed;
    std::string signature;
    uint32_t remaining = 0;  // rows that still name the customer, counted now

    // What is signed.
    std::string Text() const;
};

class ErasureStore {
 public:
    virtual ~ErasureStore() = default;
    // Deletes the record, those merged into it, and everything that names them; signs what was done.
    virtual Result<ErasureProof> Erase(const Stamp& stamp, const CustomerId& id, const std::string& ground,
                                       const std::function<std::string(const ErasureProof&)>& sign) = 0;
    virtual Result<ErasureProof> Proof(const CustomerId& id) = 0;
};

}  // namespace trunkline::customer

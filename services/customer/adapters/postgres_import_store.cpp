// SQL of imports: the state of a file and what its rows make are one transaction for each part.
#include "customer/adapters/customer_codec.hpp"
#include "customer/adapters/postgres_records.hpp"
#include "customer/adapters/postgres_rows.hpp"
#include "trunkline/customer/v1/events.pb.h"

namespace trunkline::customer {
namespace {

constexpr const char* kStart =
    "INSERT INTO import (import_id, name, dry_run, actor, lines, create_time)"
    " VALUES ($1, $2, $3, $4, $5, to_timestamp($6::bigint / 1000.0))";
constexpr const char* kSelect =
    "SELECT name, dry_run, taken, rest, array_to_string(columns, ',') AS columns, lines, created, updated, refused,"
    " finished FROM import WHERE import_id = $1";
constexpr const char* kSave =
    "UPDATE import SET taken = $2, rest = $3, columns = $4::text[], lines = $5, created = $6, updated = $7,"
    " refused = $8, finished = $9 WHERE import_id = $1";
constexpr const char* kCountFaults = "SELECT coalesce(max(number), 0) FROM import_fault WHERE import_id = $1";
constexpr const char* kInsertFault =
    "INSERT INTO import_fault (import_id, number, line, column_name, reason, message) VALUES ($1, $2, $3, $4, $5, $6)";
constexpr const char* kFaults =
    "SELECT line, column_name, reason, message FROM import_fault WHERE import_id = $1 AND number > $2"
    " ORDER BY number LIMIT $3";
constexpr const char* kOpenCard =
    "INSERT INTO account (account_id, customer_id, card_number, unit, open_time)"
    " VALUES ($1, $2, $3, 1, to_timestamp($4::bigint / 1000.0)) ON CONFLICT DO NOTHING";
constexpr int64_t kFaultLimit = 100'000;  // kept; all are counted

ImportState Load(pqxx::work& transaction, const std::string& id, bool lock) {
    CheckUuid(id, "import");
    const auto rows = transaction.exec_params(std::string(kSelect) + (lock ? " FOR UPDATE" : ""), id);
    if (rows.empty()) {
        throw db::Rollback{{Code::kNotFound, "IMPORT_NOT_FOUND", "there is no import " + id}};
    }
    const auto& row = rows[0];
    ImportState state;
    state.id = id;
    state.name = row["name"].as<std::string>();
    state.dry_run = row["dry_run"].as<bool>();
    state.taken = row["taken"].as<uint64_t>();
    state.rest = Bytes(row["rest"]);
    std::string name;
    for (const char c : row["columns"].as<std::string>() + ",") {
        if (c != ',') {
            name += c;
        } else if (!name.empty()) {
            state.columns.push_back(std::move(name));
            name.clear();
        }
    }
    state.lines = row["lines"].as<uint64_t>();
    state.created = row["created"].as<uint64_t>();
    state.updated = row["updated"].as<uint64_t>();
    state.refused = row["refused"].as<uint64_t>();
    state.finished = row["finished"].as<bool>();
    return state;
}

// The one customer who has one of the row's numbers and the same name; nobody when that is not clear.
std::string OwnerOf(pqxx::work& transaction, const ReadyRow& ready) {
    for (const KeptNumber& number : ready.numbers) {
        const auto owners = OwnersOf(transaction, number.hash);
        if (owners.size() == 1 && LoadCustomer(transaction, owners[0]).profile.name == ready.row.profile.name) {
            return owners[0];
        }
    }
    return "";
}

class Importer {
 public:
    Importer(pqxx::work& transaction, const Stamp& stamp, IdGenerator& ids, ImportState& state)
        : transaction_(transaction), stamp_(stamp), ids_(ids), state_(state) {}

    void Take(const ReadyRow& ready) {
        const std::string known = OwnerOf(transaction_, ready);
        ++(known.empty() ? state_.created : state_.updated);
        if (state_.dry_run) {
            return;
        }
        Customer customer;
        if (known.empty()) {
            customer.id = CustomerId{ids_.New()};
            customer.profile = ready.row.profile;
            customer.created = stamp_.now;
            customer.revision = 1;
            InsertCustomer(transaction_, customer);
            bus::Append(transaction_, {Created(customer, stamp_)});
        } else {
            customer = LockCustomer(transaction_, known);
            Update(customer, ready.row.profile);
        }
        for (const KeptNumber& number : ready.numbers) {
            KeptNumber kept = number;
            kept.shown.primary = kept.shown.primary && known.empty();
            InsertNumber(transaction_, customer.id.str(), kept);
        }
        if (!ready.row.card.empty()) {
            transaction_.exec_params(kOpenCard, ids_.New(), customer.id.str(), ready.row.card,
                                     ToUnixMillis(stamp_.now));
        }
    }

 private:
    // What the file says wins; what it leaves empty stays.
    void Update(Customer& customer, const Profile& said) {
        Profile wanted = said;
        Absorb(wanted, customer.profile);
        const auto fields = ChangedFields(customer.profile, wanted);
        if (!fields.empty()) {
            customer.profile = wanted;
            StoreProfile(transaction_, customer, stamp_.now);
            bus::Append(transaction_, {Changed(customer, fields, stamp_)});
        }
    }

    pqxx::work& transaction_;
    const Stamp& stamp_;
    IdGenerator& ids_;
    ImportState& state_;
};

void SaveFaults(pqxx::work& transaction, const std::string& import_id, const std::vector<ImportFault>& faults) {
    if (faults.empty()) {
        return;
    }
    auto number = transaction.exec_params(kCountFaults, import_id)[0][0].as<int64_t>();
    for (const ImportFault& fault : faults) {
        if (++number > kFaultLimit) {
            break;
        }
        transaction.exec_params(kInsertFault, import_id, number, fault.line, fault.column, fault.reason, fault.message);
    }
}

}  // namespace

Result<ImportState> PostgresImportStore::Start(const Stamp& stamp, const ImportState& import) {
    return pool_.Run([&](pqxx::work& transaction) {
        std::string subject = import.id;
        if (Claim(transaction, stamp.request_id, subject)) {
            transaction.exec_params(kStart, import.id, import.name, import.dry_run, stamp.actor, import.lines,
                                    ToUnixMillis(stamp.now));
        }
        return Load(transaction, subject, false);
    });
}

Result<ImportState> PostgresImportStore::Advance(const Stamp& stamp, const std::string& import_id,
                                                 const std::function<Result<Part>(ImportState&)>& advance) {
    auto state = pool_.Run([&](pqxx::work& transaction) {
        ImportState now = Load(transaction, import_id, true);
        auto part = advance(now);
        if (!part.ok()) {
            throw db::Rollback{part.error()};
        }
        Importer importer(transaction, stamp, ids_, now);
        for (const ReadyRow& row : part->rows) {
            importer.Take(row);
        }
        SaveFaults(transaction, import_id, part->faults);
        transaction.exec_params(kSave, now.id, now.taken, pqxx::binarystring(now.rest), ToArray(now.columns), now.lines,
                                now.created, now.updated, now.refused, now.finished);
        if (now.finished && !now.dry_run) {
            v1::CustomersImported event;
            event.set_import_id(now.id);
            event.set_created(now.created);
            event.set_updated(now.updated);
            event.set_refused(now.refused);
            event.set_actor(stamp.actor);
            bus::Append(transaction, {bus::MakeEvent(event, now.id, now.id, stamp.now)});
        }
        return now;
    });
    committed_();
    return state;
}

Result<ImportState> PostgresImportStore::Find(const std::string& import_id) {
    return pool_.Run([&](pqxx::work& transaction) { return Load(transaction, import_id, false); });
}

Result<std::vector<ImportFault>> PostgresImportStore::Faults(const std::string& import_id, int limit, int64_t after) {
    return pool_.Run([&](pqxx::work& transaction) {
        CheckUuid(import_id, "import");
        std::vector<ImportFault> faults;
        for (const auto& row : transaction.exec_params(kFaults, import_id, after, limit)) {
            faults.push_back({row["line"].as<uint64_t>(), row["column_name"].as<std::string>(),
                              row["reason"].as<std::string>(), row["message"].as<std::string>()});
        }
        return faults;
    });
}

}  // namespace trunkline::customer

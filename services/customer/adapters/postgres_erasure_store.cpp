// SQL of erasure and export. What remains of an erased customer are contacts without a person, accounts without an
// owner (the books must still add up), and the signed proof.
#include "customer/adapters/customer_codec.hpp"
#include "customer/adapters/postgres_records.hpp"
#include "customer/adapters/postgres_rows.hpp"
#include "trunkline/customer/v1/events.pb.h"

namespace trunkline::customer {
namespace {

constexpr const char* kNotes = "DELETE FROM entry WHERE customer_id = ANY($1::uuid[]) AND kind = 3";
// Contacts of the numbers too, whoever was confirmed: they carry the number.
constexpr const char* kEntries =
    "UPDATE entry SET customer_id = NULL, confirmed = false, number_hash = NULL, number_sealed = NULL, number = NULL"
    " WHERE customer_id = ANY($1::uuid[]) OR number_hash IN"
    " (SELECT hash FROM customer_number WHERE customer_id = ANY($1::uuid[]))";
constexpr const char* kAccounts =
    "UPDATE account SET customer_id = NULL, card_number = '', closed = true WHERE customer_id = ANY($1::uuid[])";
constexpr const char* kNumbers = "DELETE FROM customer_number WHERE customer_id = ANY($1::uuid[])";
constexpr const char* kDuplicates =
    "DELETE FROM duplicate WHERE first_id = ANY($1::uuid[]) OR second_id = ANY($1::uuid[])";
constexpr const char* kCustomers = "DELETE FROM customer WHERE customer_id = ANY($1::uuid[])";
constexpr const char* kInsertProof =
    "INSERT INTO erasure (customer_id, time, actor, ground, removed, signature)"
    " VALUES ($1, to_timestamp($2::bigint / 1000.0), $3, $4, $5::jsonb, $6)";
constexpr const char* kSelectProof =
    "SELECT round(extract(epoch FROM time) * 1000)::bigint AS at, actor, ground, removed, signature FROM erasure"
    " WHERE customer_id = $1";
constexpr const char* kRemaining =
    "SELECT (SELECT count(*) FROM customer WHERE customer_id = $1 OR root_id = $1 OR merged_into = $1)"
    " + (SELECT count(*) FROM customer_number WHERE customer_id = $1)"
    " + (SELECT count(*) FROM entry WHERE customer_id = $1)"
    " + (SELECT count(*) FROM account WHERE customer_id = $1)"
    " + (SELECT count(*) FROM duplicate WHERE first_id = $1 OR second_id = $1)";
constexpr const char* kPage =
    "SELECT customer_id FROM customer WHERE customer_id > $1::uuid AND merged_into IS NULL"
    " AND ($2 = '' OR tags @> ARRAY[$2]) ORDER BY customer_id LIMIT $3";
constexpr const char* kSealed = "SELECT number_id, sealed FROM customer_number WHERE number_id = ANY($1::uuid[])";
constexpr const char* kNil = "00000000-0000-0000-0000-000000000000";

std::string ToJsonText(const std::map<std::string, uint32_t>& removed) {
    v1::ErasureProof proof;
    proof.mutable_removed()->insert(removed.begin(), removed.end());
    return ToJson(proof);
}

ErasureProof LoadProof(pqxx::work& transaction, const CustomerId& id) {
    CheckUuid(id.str(), "customer");
    const auto rows = transaction.exec_params(kSelectProof, id.str());
    if (rows.empty()) {
        throw db::Rollback{{Code::kNotFound, "NOT_ERASED", "no customer " + id.str() + " was erased here"}};
    }
    ErasureProof proof;
    proof.customer = id;
    proof.time = FromUnixMillis(rows[0]["at"].as<int64_t>());
    proof.actor = rows[0]["actor"].as<std::string>();
    proof.ground = rows[0]["ground"].as<std::string>();
    v1::ErasureProof removed;
    FromJson(rows[0]["removed"].as<std::string>(), removed);
    proof.removed = {removed.removed().begin(), removed.removed().end()};
    proof.signature = rows[0]["signature"].as<std::string>();
    proof.remaining = transaction.exec_params(kRemaining, id.str())[0][0].as<uint32_t>();
    return proof;
}

}  // namespace

Result<ErasureProof> PostgresErasureStore::Erase(const Stamp& stamp, const CustomerId& id, const std::string& ground,
                                                 const std::function<std::string(const ErasureProof&)>& sign) {
    auto erased = pool_.Run([&](pqxx::work& transaction) {
        std::string subject = id.str();
        if (!Claim(transaction, stamp.request_id, subject)) {
            return LoadProof(transaction, id);
        }
        LockCustomer(transaction, id.str());
        const std::string family = ToArray(Family(transaction, id.str()));
        ErasureProof proof{id, FromUnixMillis(ToUnixMillis(stamp.now)), stamp.actor, ground, {}, "", 0};
        for (const auto& [table, sql] :
             std::initializer_list<std::pair<const char*, const char*>>{{"note", kNotes},
                                                                        {"entry", kEntries},
                                                                        {"account", kAccounts},
                                                                        {"customer_number", kNumbers},
                                                                        {"duplicate", kDuplicates},
                                                                        {"customer", kCustomers}}) {
            proof.removed[table] = static_cast<uint32_t>(transaction.exec_params(sql, family).affected_rows());
        }
        proof.signature = sign(proof);
        transaction.exec_params(kInsertProof, id.str(), ToUnixMillis(proof.time), proof.actor, ground,
                                ToJsonText(proof.removed), proof.signature);
        Audit(transaction, stamp, "erase", id.str(), ground);
        v1::CustomerErased event;
        event.set_customer_id(id.str());
        event.set_actor(stamp.actor);
        event.set_ground(ground);
        event.set_signature(proof.signature);
        bus::Append(transaction, {bus::MakeEvent(event, id.str(), id.str(), stamp.now)});
        return LoadProof(transaction, id);
    });
    committed_();
    return erased;
}

Result<ErasureProof> PostgresErasureStore::Proof(const CustomerId& id) {
    return pool_.Run([&](pqxx::work& transaction) { return LoadProof(transaction, id); });
}

Result<std::vector<ExportedCustomer>> ExportPage(db::Pool& pool, const std::string& tag, const std::string& after,
                                                 int limit) {
    return pool.Run([&](pqxx::work& transaction) {
        std::vector<std::string> ids;
        for (const auto& row : transaction.exec_params(kPage, after.empty() ? kNil : after, tag, limit)) {
            ids.push_back(row[0].as<std::string>());
        }
        std::vector<ExportedCustomer> page;
        std::vector<std::string> numbers;
        for (Customer& customer : LoadCustomers(transaction, ids)) {
            for (const ShownNumber& number : customer.numbers) {
                numbers.push_back(number.number_id);
            }
            page.push_back({std::move(customer), {}});
        }
        std::map<std::string, std::string> sealed;
        for (const auto& row : transaction.exec_params(kSealed, ToArray(numbers))) {
            sealed[row["number_id"].as<std::string>()] = Bytes(row["sealed"]);
        }
        for (ExportedCustomer& exported : page) {
            for (const ShownNumber& number : exported.customer.numbers) {
                exported.sealed.push_back(sealed[number.number_id]);
            }
        }
        return page;
    });
}

Status AuditExport(db::Pool& pool, const Stamp& stamp, bool clear_numbers, const std::string& tag,
                   const std::string& reason) {
    return pool.Run([&](pqxx::work& transaction) {
        Audit(transaction, stamp, clear_numbers ? "export with clear numbers" : "export", tag, reason);
        v1::CustomersExported event;
        event.set_actor(stamp.actor);
        event.set_reason(reason);
        event.set_clear_numbers(clear_numbers);
        event.set_tag(tag);
        bus::Append(transaction,
                    {bus::MakeEvent(event, stamp.actor, stamp.actor + "/" + std::to_string(ToUnixMillis(stamp.now)),
                                    stamp.now)});
    });
}

}  // namespace trunkline::customer

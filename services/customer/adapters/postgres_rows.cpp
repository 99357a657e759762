// SQL of records; times travel as milliseconds since 1970.
#include "customer/adapters/postgres_rows.hpp"

#include <algorithm>

#include "customer/adapters/customer_codec.hpp"
#include "db/pool.hpp"
#include "pinyin/pinyin.hpp"

namespace trunkline::customer {
namespace {

constexpr const char* kSelectMany =
    "SELECT customer_id, root_id, merged_into, profile, revision,"
    " round(extract(epoch FROM create_time) * 1000)::bigint AS created,"
    " round(extract(epoch FROM update_time) * 1000)::bigint AS updated FROM customer"
    " WHERE customer_id = ANY($1::uuid[]) OR (root_id = ANY($1::uuid[]) AND root_id <> customer_id)"
    " ORDER BY create_time, customer_id";
constexpr const char* kSelectNumbers =
    "SELECT number_id, customer_id, masked, kind, label, region, mobile, is_primary FROM customer_number"
    " WHERE customer_id = ANY($1::uuid[]) ORDER BY is_primary DESC, number_id";
constexpr const char* kLock = "SELECT merged_into FROM customer WHERE customer_id = $1 FOR UPDATE";
constexpr const char* kFamily =
    "SELECT customer_id FROM customer WHERE customer_id = $1 OR (root_id = $1 AND root_id <> customer_id)";
constexpr const char* kOwners =
    "SELECT DISTINCT customer.root_id FROM customer_number JOIN customer USING (customer_id)"
    " WHERE customer_number.hash = $1 LIMIT 6";
constexpr const char* kInsert =
    "INSERT INTO customer (customer_id, root_id, name, name_pinyin, name_initials, address_key, vip_level,"
    " manager_agent_id, language, tags, profile, create_time, update_time, revision)"
    " VALUES ($1, $1, $2, $3, $4, $5, $6, $7, $8, $9::text[], $10::jsonb, to_timestamp($11::bigint / 1000.0),"
    " to_timestamp($11::bigint / 1000.0), $12)";
constexpr const char* kUpdate =
    "UPDATE customer SET name = $2, name_pinyin = $3, name_initials = $4, address_key = $5, vip_level = $6,"
    " manager_agent_id = $7, language = $8, tags = $9::text[], profile = $10::jsonb,"
    " update_time = to_timestamp($11::bigint / 1000.0), revision = $12 WHERE customer_id = $1";
constexpr const char* kSameAddress =
    "INSERT INTO duplicate (first_id, second_id, reason)"
    " SELECT least(root_id, $1::uuid), greatest(root_id, $1::uuid), 'SAME_NAME_AND_ADDRESS' FROM customer"
    " WHERE address_key = $2 AND name = $3 AND address_key <> '' AND root_id <> $1::uuid LIMIT 5"
    " ON CONFLICT DO NOTHING";
constexpr const char* kInsertNumber =
    "INSERT INTO customer_number (number_id, customer_id, hash, sealed, masked, kind, label, region, mobile, "
    "is_primary)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
    " ON CONFLICT (customer_id, hash) DO UPDATE SET label = EXCLUDED.label,"
    " is_primary = customer_number.is_primary OR EXCLUDED.is_primary";
constexpr const char* kOnePrimary =
    "UPDATE customer_number SET is_primary = false WHERE customer_id = $1 AND hash <> $2 AND is_primary";
constexpr const char* kSameNumber =
    "INSERT INTO duplicate (first_id, second_id, reason) VALUES (least($1::uuid, $2::uuid), greatest($1::uuid, "
    "$2::uuid),"
    " 'SAME_NUMBER') ON CONFLICT DO NOTHING";
constexpr const char* kClaimHistory =
    "UPDATE entry SET customer_id = $1 WHERE number_hash = $2 AND customer_id IS NULL";
constexpr const char* kClaimRequest =
    "INSERT INTO request (request_id, subject) VALUES ($1, $2) ON CONFLICT DO NOTHING";
constexpr const char* kFindRequest = "SELECT subject FROM request WHERE request_id = $1";
constexpr const char* kAudit =
    "INSERT INTO audit (time, actor, action, subject, reason)"
    " VALUES (to_timestamp($1::bigint / 1000.0), $2, $3, $4, $5)";
constexpr size_t kOwnersLimit = 5;  // a switchboard of a thousand people makes no duplicates

db::Rollback NotFound(const std::string& id) {
    return {{Code::kNotFound, "CUSTOMER_NOT_FOUND", "there is no customer " + id}};
}

struct Row {
    Customer customer;
    std::string root;
};

Row ReadRow(const pqxx::row& row) {
    Row read;
    v1::Customer proto;
    FromJson(row["profile"].as<std::string>(), proto);
    read.customer.profile = ProfileOf(proto);
    read.customer.id = CustomerId{row["customer_id"].as<std::string>()};
    read.customer.revision = row["revision"].as<uint64_t>();
    read.customer.created = FromUnixMillis(row["created"].as<int64_t>());
    read.customer.updated = FromUnixMillis(row["updated"].as<int64_t>());
    read.customer.merged_into = CustomerId{row["merged_into"].as<std::string>("")};
    read.root = row["root_id"].as<std::string>();
    return read;
}

void AddNumbers(pqxx::work& transaction, std::vector<Row>& rows) {
    std::vector<std::string> ids;
    for (const Row& row : rows) {
        ids.push_back(row.customer.id.str());
    }
    for (const auto& number : transaction.exec_params(kSelectNumbers, ToArray(ids))) {
        const auto owner = std::find_if(rows.begin(), rows.end(), [&](const Row& row) {
            return row.customer.id.str() == number["customer_id"].as<std::string>();
        });
        owner->customer.numbers.push_back({number["number_id"].as<std::string>(), number["masked"].as<std::string>(),
                                           number["kind"].as<int>(), number["label"].as<std::string>(),
                                           number["region"].as<std::string>(), number["mobile"].as<bool>(),
                                           number["is_primary"].as<bool>()});
    }
}

void WriteProfile(pqxx::work& transaction, const char* sql, const Customer& customer, TimePoint now) {
    const Profile& profile = customer.profile;
    Customer bare;
    bare.profile = profile;
    transaction.exec_params(sql, customer.id.str(), profile.name, pinyin::Joined(profile.name),
                            pinyin::Initials(profile.name), AddressKey(profile), profile.vip_level,
                            profile.manager.str(), profile.language, ToArray(profile.tags), ToJson(ToProto(bare)),
                            ToUnixMillis(now), customer.revision);
    transaction.exec_params(kSameAddress, customer.id.str(), AddressKey(profile), profile.name);
}

}  // namespace

void CheckUuid(const std::string& id, const std::string& what) {
    bool sound = id.size() == 36;
    for (size_t i = 0; i < id.size() && sound; ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        sound = dash ? id[i] == '-' : std::isxdigit(static_cast<unsigned char>(id[i])) != 0;
    }
    if (!sound) {
        std::string reason = what;
        std::transform(reason.begin(), reason.end(), reason.begin(), [](unsigned char c) { return std::toupper(c); });
        throw db::Rollback{{Code::kNotFound, reason + "_NOT_FOUND", "there is no " + what + " " + id.substr(0, 40)}};
    }
}

std::string ToArray(const std::vector<std::string>& items) {
    std::string text = "{";
    for (const std::string& item : items) {
        text += text.size() > 1 ? ",\"" : "\"";
        for (const char c : item) {
            text += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
        }
        text += '"';
    }
    return text + "}";
}

std::string Bytes(const pqxx::field& field) { return pqxx::binarystring(field).str(); }

std::vector<Customer> LoadCustomers(pqxx::work& transaction, const std::vector<std::string>& ids) {
    std::vector<Row> rows;
    for (const auto& row : transaction.exec_params(kSelectMany, ToArray(ids))) {
        rows.push_back(ReadRow(row));
    }
    AddNumbers(transaction, rows);
    std::vector<Customer> customers;
    for (const std::string& id : ids) {
        const auto found =
            std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.customer.id.str() == id; });
        if (found == rows.end()) {
            continue;
        }
        Customer whole = found->customer;
        for (const Row& part : rows) {
            if (part.root == id && part.customer.id.str() != id) {
                Absorb(whole.profile, part.customer.profile);
                whole.numbers.insert(whole.numbers.end(), part.customer.numbers.begin(), part.customer.numbers.end());
                whole.merged_ids.push_back(part.customer.id);
            }
        }
        customers.push_back(std::move(whole));
    }
    return customers;
}

Customer LoadCustomer(pqxx::work& transaction, const std::string& id) {
    CheckUuid(id, "customer");
    auto found = LoadCustomers(transaction, {id});
    if (found.empty()) {
        throw NotFound(id);
    }
    return std::move(found[0]);
}

Customer LockCustomer(pqxx::work& transaction, const std::string& id) {
    CheckUuid(id, "customer");
    const auto row = transaction.exec_params(kLock, id);
    if (row.empty()) {
        throw NotFound(id);
    }
    if (!row[0][0].is_null()) {
        throw db::Rollback{{Code::kFailedPrecondition, "CUSTOMER_MERGED",
                            "this record is part of customer " + row[0][0].as<std::string>() + "; use that one"}};
    }
    return LoadCustomer(transaction, id);
}

std::vector<std::string> Family(pqxx::work& transaction, const std::string& id) {
    CheckUuid(id, "customer");
    std::vector<std::string> ids;
    for (const auto& row : transaction.exec_params(kFamily, id)) {
        ids.push_back(row[0].as<std::string>());
    }
    if (ids.empty()) {
        throw NotFound(id);
    }
    return ids;
}

std::vector<std::string> OwnersOf(pqxx::work& transaction, const std::string& hash) {
    std::vector<std::string> owners;
    for (const auto& row : transaction.exec_params(kOwners, pqxx::binarystring(hash))) {
        owners.push_back(row[0].as<std::string>());
    }
    return owners;
}

void InsertCustomer(pqxx::work& transaction, const Customer& customer) {
    WriteProfile(transaction, kInsert, customer, customer.created);
}

void StoreProfile(pqxx::work& transaction, Customer& customer, TimePoint now) {
    ++customer.revision;
    customer.updated = now;
    WriteProfile(transaction, kUpdate, customer, now);
}

void InsertNumber(pqxx::work& transaction, const std::string& customer_id, const KeptNumber& number) {
    const pqxx::binarystring hash(number.hash);
    const ShownNumber& shown = number.shown;
    const auto owners = OwnersOf(transaction, number.hash);
    transaction.exec_params(kInsertNumber, shown.number_id, customer_id, hash, pqxx::binarystring(number.sealed),
                            shown.masked, shown.kind, shown.label, shown.region, shown.mobile, shown.primary);
    if (shown.primary) {
        transaction.exec_params(kOnePrimary, customer_id, hash);
    }
    for (const std::string& owner : owners) {
        if (owner != customer_id && owners.size() <= kOwnersLimit) {
            transaction.exec_params(kSameNumber, customer_id, owner);
        }
    }
    if (owners.empty()) {
        transaction.exec_params(kClaimHistory, customer_id, hash);
    }
}

bool Claim(pqxx::work& transaction, const std::string& request_id, std::string& subject) {
    if (request_id.empty() || transaction.exec_params(kClaimRequest, request_id, subject).affected_rows() == 1) {
        return true;
    }
    subject = transaction.exec_params(kFindRequest, request_id)[0][0].as<std::string>();
    return false;
}

void Audit(pqxx::work& transaction, const Stamp& stamp, const std::string& action, const std::string& subject,
           const std::string& reason) {
    transaction.exec_params(kAudit, ToUnixMillis(stamp.now), stamp.actor, action, subject, reason);
}

}  // namespace trunkline::customer

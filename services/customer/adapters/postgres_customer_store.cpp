// SQL of records and numbers.
#include "customer/adapters/postgres_customer_store.hpp"

#include "customer/adapters/customer_codec.hpp"
#include "customer/adapters/postgres_rows.hpp"
#include "trunkline/customer/v1/events.pb.h"

namespace trunkline::customer {
namespace {

constexpr const char* kDeleteNumber =
    "DELETE FROM customer_number WHERE number_id = $1 AND customer_id = ANY($2::uuid[])";
constexpr const char* kFindNumber =
    "SELECT number_id, hash, sealed, masked, kind, label, region, mobile, is_primary FROM customer_number"
    " WHERE number_id = $1 AND customer_id = ANY($2::uuid[])";

std::vector<std::string> Strings(const std::vector<CustomerId>& ids, const CustomerId& first) {
    std::vector<std::string> all{first.str()};
    for (const CustomerId& id : ids) {
        all.push_back(id.str());
    }
    return all;
}

// The record's own profile, without what merged ones add to what is shown.
Profile OwnProfile(pqxx::work& transaction, const CustomerId& id) {
    v1::Customer proto;
    FromJson(transaction.exec_params("SELECT profile FROM customer WHERE customer_id = $1", id.str())[0][0]
                 .as<std::string>(),
             proto);
    return ProfileOf(proto);
}

// A change that is no change of the profile: numbers.
Customer Touch(pqxx::work& transaction, Customer customer, const Stamp& stamp) {
    customer.profile = OwnProfile(transaction, customer.id);
    StoreProfile(transaction, customer, stamp.now);
    bus::Append(transaction, {Changed(customer, {"numbers"}, stamp)});
    return LoadCustomer(transaction, customer.id.str());
}

}  // namespace

Result<Customer> PostgresCustomerStore::Create(const Stamp& stamp, const Customer& customer,
                                               const std::vector<KeptNumber>& numbers) {
    auto stored = pool_.Run([&](pqxx::work& transaction) {
        std::string subject = customer.id.str();
        if (!Claim(transaction, stamp.request_id, subject)) {
            return LoadCustomer(transaction, subject);
        }
        InsertCustomer(transaction, customer);
        for (const KeptNumber& number : numbers) {
            InsertNumber(transaction, customer.id.str(), number);
        }
        bus::Append(transaction, {Created(customer, stamp)});
        return LoadCustomer(transaction, customer.id.str());
    });
    committed_();
    return stored;
}

Result<Customer> PostgresCustomerStore::Update(const Stamp& stamp, const CustomerId& id,
                                               const std::function<Result<Profile>(const Customer&)>& change) {
    auto stored = pool_.Run([&](pqxx::work& transaction) {
        Customer now = LockCustomer(transaction, id.str());
        std::string subject = id.str();
        if (!Claim(transaction, stamp.request_id, subject)) {
            return now;
        }
        auto wanted = change(now);
        if (!wanted.ok()) {
            throw db::Rollback{wanted.error()};
        }
        const auto fields = ChangedFields(now.profile, *wanted);
        if (fields.empty()) {
            return now;
        }
        now.profile = std::move(*wanted);
        StoreProfile(transaction, now, stamp.now);
        bus::Append(transaction, {Changed(now, fields, stamp)});
        return LoadCustomer(transaction, id.str());
    });
    committed_();
    return stored;
}

Result<Customer> PostgresCustomerStore::Find(const CustomerId& id) {
    return pool_.Run([&](pqxx::work& transaction) { return LoadCustomer(transaction, id.str()); });
}

Result<Customer> PostgresCustomerStore::AddNumber(const Stamp& stamp, const CustomerId& id, const KeptNumber& number) {
    auto stored = pool_.Run([&](pqxx::work& transaction) {
        const Customer now = LockCustomer(transaction, id.str());
        std::string subject = id.str();
        if (!Claim(transaction, stamp.request_id, subject)) {
            return now;
        }
        InsertNumber(transaction, id.str(), number);
        return Touch(transaction, now, stamp);
    });
    committed_();
    return stored;
}

Result<Customer> PostgresCustomerStore::RemoveNumber(const Stamp& stamp, const CustomerId& id,
                                                     const std::string& number_id) {
    auto stored = pool_.Run([&](pqxx::work& transaction) {
        const Customer now = LockCustomer(transaction, id.str());
        std::string subject = id.str();
        if (!Claim(transaction, stamp.request_id, subject)) {
            return now;
        }
        CheckUuid(number_id, "number");
        const auto ids = ToArray(Strings(now.merged_ids, now.id));
        if (transaction.exec_params(kDeleteNumber, number_id, ids).affected_rows() == 0) {
            throw db::Rollback{{Code::kNotFound, "NUMBER_NOT_FOUND", "this customer has no number " + number_id}};
        }
        return Touch(transaction, now, stamp);
    });
    committed_();
    return stored;
}

Result<KeptNumber> PostgresCustomerStore::Reveal(const Stamp& stamp, const CustomerId& id, const std::string& number_id,
                                                 const std::string& reason) {
    auto shown = pool_.Run([&](pqxx::work& transaction) {
        const Customer customer = LoadCustomer(transaction, id.str());
        CheckUuid(number_id, "number");
        const auto rows =
            transaction.exec_params(kFindNumber, number_id, ToArray(Strings(customer.merged_ids, customer.id)));
        if (rows.empty()) {
            throw db::Rollback{{Code::kNotFound, "NUMBER_NOT_FOUND", "this customer has no number " + number_id}};
        }
        const auto& row = rows[0];
        Audit(transaction, stamp, "reveal", id.str() + "/" + number_id, reason);
        v1::NumberRevealed event;
        event.set_customer_id(id.str());
        event.set_number_id(number_id);
        event.set_actor(stamp.actor);
        event.set_reason(reason);
        const std::string identity = number_id + "/" + stamp.actor + "/" + std::to_string(ToUnixMillis(stamp.now));
        bus::Append(transaction, {bus::MakeEvent(event, id.str(), identity, stamp.now)});
        return KeptNumber{
            Bytes(row["hash"]),
            Bytes(row["sealed"]),
            {number_id, row["masked"].as<std::string>(), row["kind"].as<int>(), row["label"].as<std::string>(),
             row["region"].as<std::string>(), row["mobile"].as<bool>(), row["is_primary"].as<bool>()}};
    });
    committed_();
    return shown;
}

}  // namespace trunkline::customer

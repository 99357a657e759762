// Merging moves nothing: the record that goes points to the one that stays, so undoing it is exact.
#include "customer/adapters/customer_codec.hpp"
#include "customer/adapters/postgres_customer_store.hpp"
#include "customer/adapters/postgres_rows.hpp"
#include "trunkline/customer/v1/events.pb.h"

namespace trunkline::customer {
namespace {

constexpr const char* kPoint = "UPDATE customer SET merged_into = $2, root_id = $2 WHERE customer_id = $1";
// The parts of the one that goes belong to the one that stays, and back.
constexpr const char* kMoveParts = "UPDATE customer SET root_id = $2 WHERE root_id = $1 AND customer_id <> $1";
constexpr const char* kUnpoint =
    "WITH RECURSIVE part AS (SELECT customer_id FROM customer WHERE customer_id = $1"
    " UNION SELECT customer.customer_id FROM customer JOIN part ON customer.merged_into = part.customer_id)"
    " UPDATE customer SET root_id = $1, merged_into = CASE WHEN customer_id = $1 THEN NULL ELSE merged_into END"
    " WHERE customer_id IN (SELECT customer_id FROM part)";
constexpr const char* kParent = "SELECT merged_into, root_id FROM customer WHERE customer_id = $1 FOR UPDATE";
constexpr const char* kPairs =
    "SELECT first_id, second_id, reason FROM duplicate JOIN customer AS one ON one.customer_id = first_id"
    " JOIN customer AS other ON other.customer_id = second_id WHERE NOT dismissed AND one.root_id <> other.root_id"
    " AND ($1 = '' OR first_id = NULLIF($1, '')::uuid OR second_id = NULLIF($1, '')::uuid)"
    " AND (first_id, second_id) > ($2::uuid, $3::uuid) ORDER BY first_id, second_id LIMIT $4";
constexpr const char* kDismiss =
    "UPDATE duplicate SET dismissed = true WHERE first_id = least($1::uuid, $2::uuid)"
    " AND second_id = greatest($1::uuid, $2::uuid)";
constexpr const char* kNil = "00000000-0000-0000-0000-000000000000";

template <class Event>
bus::Event Told(const std::string& keep, const std::string& gone, const std::string& reason, const Stamp& stamp) {
    Event event;
    event.set_keep_customer_id(keep);
    event.set_gone_customer_id(gone);
    event.set_actor(stamp.actor);
    event.set_reason(reason);
    return bus::MakeEvent(event, keep, gone + "/" + stamp.request_id, stamp.now);
}

}  // namespace

Result<Customer> PostgresMergeStore::Merge(const Stamp& stamp, const CustomerId& keep, const CustomerId& gone,
                                           const std::string& reason) {
    auto merged = pool_.Run([&](pqxx::work& transaction) {
        std::string subject = keep.str();
        if (!Claim(transaction, stamp.request_id, subject)) {
            return LoadCustomer(transaction, subject);
        }
        // Always in one order, so that two who merge at once do not wait for each other.
        LockCustomer(transaction, std::min(keep, gone).str());
        LockCustomer(transaction, std::max(keep, gone).str());
        transaction.exec_params(kMoveParts, gone.str(), keep.str());
        transaction.exec_params(kPoint, gone.str(), keep.str());
        Audit(transaction, stamp, "merge", gone.str() + " into " + keep.str(), reason);
        bus::Append(transaction, {Told<v1::CustomersMerged>(keep.str(), gone.str(), reason, stamp)});
        return LoadCustomer(transaction, keep.str());
    });
    committed_();
    return merged;
}

Result<Customer> PostgresMergeStore::Undo(const Stamp& stamp, const CustomerId& gone, const std::string& reason) {
    auto apart = pool_.Run([&](pqxx::work& transaction) {
        std::string subject = gone.str();
        if (!Claim(transaction, stamp.request_id, subject)) {
            return LoadCustomer(transaction, subject);
        }
        CheckUuid(gone.str(), "customer");
        const auto row = transaction.exec_params(kParent, gone.str());
        if (row.empty() || row[0][0].is_null()) {
            throw db::Rollback{
                {Code::kFailedPrecondition, "NOT_MERGED", "customer " + gone.str() + " is not part of another record"}};
        }
        const std::string keep = row[0][0].as<std::string>();
        transaction.exec_params(kUnpoint, gone.str());
        Audit(transaction, stamp, "undo merge", gone.str() + " out of " + keep, reason);
        bus::Append(transaction, {Told<v1::MergeUndone>(keep, gone.str(), reason, stamp)});
        return LoadCustomer(transaction, gone.str());
    });
    committed_();
    return apart;
}

Result<DuplicatePage> PostgresMergeStore::Duplicates(const CustomerId& of, int limit, const std::string& after) {
    return pool_.Run([&](pqxx::work& transaction) {
        if (!of.empty()) {
            CheckUuid(of.str(), "customer");
        }
        std::string first = kNil, second = kNil;
        if (!after.empty()) {
            first = after.substr(0, 36);
            second = after.size() > 37 ? after.substr(37) : "";
            CheckUuid(first, "page");
            CheckUuid(second, "page");
        }
        DuplicatePage page;
        for (const auto& row : transaction.exec_params(kPairs, of.str(), first, second, limit)) {
            page.pairs.push_back({LoadCustomer(transaction, row["first_id"].as<std::string>()),
                                  LoadCustomer(transaction, row["second_id"].as<std::string>()),
                                  row["reason"].as<std::string>()});
        }
        if (static_cast<int>(page.pairs.size()) == limit) {
            page.next = page.pairs.back().first.id.str() + "/" + page.pairs.back().second.id.str();
        }
        return page;
    });
}

Status PostgresMergeStore::Dismiss(const Stamp& stamp, const CustomerId& first, const CustomerId& second) {
    return pool_.Run([&](pqxx::work& transaction) {
        CheckUuid(first.str(), "customer");
        CheckUuid(second.str(), "customer");
        transaction.exec_params(kDismiss, first.str(), second.str());
        Audit(transaction, stamp, "dismiss duplicate", first.str() + " and " + second.str(), "");
    });
}

}  // namespace trunkline::customer

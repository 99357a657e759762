// SQL of the screen pop, of routing and of the timeline.
#include "customer/adapters/postgres_history.hpp"

#include "customer/adapters/customer_codec.hpp"
#include "customer/adapters/postgres_accounts.hpp"
#include "customer/adapters/postgres_rows.hpp"
#include "trunkline/customer/v1/events.pb.h"

namespace trunkline::customer {
namespace {

constexpr const char* kEntryOf =
    "SELECT customer_id, confirmed, number_hash, number_sealed, number FROM entry WHERE entry_id = $1";
constexpr const char* kRootOf = "SELECT root_id FROM customer WHERE customer_id = $1";
constexpr const char* kLastContacts =
    "SELECT detail FROM entry WHERE customer_id = ANY($1::uuid[]) AND kind = 1 AND entry_id <> $2"
    " ORDER BY time DESC LIMIT 5";
constexpr const char* kOpenOrders =
    "SELECT detail FROM entry WHERE customer_id = ANY($1::uuid[]) AND kind = 2 AND open ORDER BY time DESC LIMIT 20";
constexpr const char* kCountOfCustomer =
    "SELECT count(*) FROM (SELECT 1 FROM entry WHERE customer_id = ANY($1::uuid[]) AND kind = 1"
    " AND time > to_timestamp($2::bigint / 1000.0) AND entry_id <> $3 LIMIT 100) AS recent";
constexpr const char* kContactsOfNumber =
    "SELECT detail FROM entry WHERE number_hash = $1 AND kind = 1 AND entry_id <> $2 ORDER BY time DESC LIMIT 5";
constexpr const char* kCountOfNumber =
    "SELECT count(*) FROM (SELECT 1 FROM entry WHERE number_hash = $1 AND kind = 1"
    " AND time > to_timestamp($2::bigint / 1000.0) AND entry_id <> $3 LIMIT 100) AS recent";
constexpr const char* kLastAgent =
    "SELECT last_agent_id, round(extract(epoch FROM time) * 1000)::bigint AS at FROM entry"
    " WHERE customer_id = ANY($1::uuid[]) AND kind = 1 AND last_agent_id <> '' ORDER BY time DESC LIMIT 1";
constexpr const char* kLastAgentOfNumber =
    "SELECT last_agent_id, round(extract(epoch FROM time) * 1000)::bigint AS at FROM entry"
    " WHERE number_hash = $1 AND kind = 1 AND last_agent_id <> '' ORDER BY time DESC LIMIT 1";
constexpr const char* kTimeline =
    "SELECT entry_id, round(extract(epoch FROM time) * 1000000)::bigint AS at, detail FROM entry"
    " WHERE customer_id = ANY($1::uuid[]) AND (time, entry_id) < (to_timestamp($2::bigint / 1000000.0), $3)"
    " ORDER BY time DESC, entry_id DESC LIMIT $4";
constexpr const char* kAddNote =
    "INSERT INTO entry (entry_id, kind, contact_id, customer_id, time, open, last_agent_id, detail)"
    " VALUES ($1, 3, '', $2, to_timestamp($3::bigint / 1000.0), false, '', $4::jsonb)";
constexpr const char* kConfirm =
    "UPDATE entry SET customer_id = $2, confirmed = true WHERE entry_id = $1 OR (contact_id = $1 AND kind = 2)";
constexpr int64_t kEndOfTime = 32'503'680'000'000'000;  // the year 3000, in microseconds
constexpr int64_t kDay = 24 * 3600 * 1000;

template <class Field, class... Parameters>
void Read(pqxx::work& transaction, Field* field, const char* sql, const Parameters&... parameters) {
    for (const pqxx::row& row : transaction.exec_params(sql, parameters...)) {
        FromJson(row[0].as<std::string>(), *field->Add());
    }
}

void FillCard(pqxx::work& transaction, const std::string& id, const std::string& contact_id, TimePoint now,
              v1::CustomerCard& card) {
    const auto family = ToArray(Family(transaction, id));
    *card.mutable_customer() = ToProto(LoadCustomer(transaction, id));
    Read(transaction, card.mutable_last_contacts(), kLastContacts, family, contact_id);
    Read(transaction, card.mutable_open_orders(), kOpenOrders, family);
    card.set_contacts_in_24_hours(
        transaction.exec_params(kCountOfCustomer, family, ToUnixMillis(now) - kDay, contact_id)[0][0].as<uint32_t>());
    for (const Account& account : AccountsOf(transaction, id)) {
        *card.add_accounts() = ToProto(account);
    }
}

}  // namespace

Result<v1::ScreenPop> PostgresHistory::ScreenPop(const std::string& number, const std::string& contact_id,
                                                 TimePoint now) {
    return pool_.Run([&](pqxx::work& transaction) {
        v1::ScreenPop pop;
        pop.set_contact_id(contact_id);
        std::string hash;
        std::vector<std::string> owners;
        if (const auto kept = keeper_.Keep(number, ""); kept.ok()) {
            hash = kept->hash;
            *pop.mutable_caller() = ToProto(kept->shown);
        }
        if (!contact_id.empty()) {
            const auto rows = transaction.exec_params(kEntryOf, contact_id);
            if (rows.empty() && hash.empty()) {
                throw db::Rollback{
                    {Code::kNotFound, "CONTACT_NOT_FOUND", "no event has told of contact " + contact_id}};
            }
            if (!rows.empty() && hash.empty() && !rows[0]["number_hash"].is_null()) {
                hash = Bytes(rows[0]["number_hash"]);
                FromJson(rows[0]["number"].as<std::string>(), *pop.mutable_caller());
            }
            if (!rows.empty() && rows[0]["confirmed"].as<bool>() && !rows[0]["customer_id"].is_null()) {
                const auto root = transaction.exec_params(kRootOf, rows[0]["customer_id"].as<std::string>());
                owners = {root[0][0].as<std::string>()};
                pop.set_confirmed_customer_id(owners[0]);
            }
        } else if (hash.empty()) {
            throw db::Rollback{{Code::kInvalidArgument, "NUMBER_MISSING", "a number or a contact id must be given"}};
        }
        if (owners.empty() && !hash.empty()) {
            owners = OwnersOf(transaction, hash);
            owners.resize(std::min<size_t>(owners.size(), 5));
        }
        for (const std::string& owner : owners) {
            FillCard(transaction, owner, contact_id, now, *pop.add_cards());
        }
        if (!hash.empty()) {
            const pqxx::binarystring key(hash);
            Read(transaction, pop.mutable_number_contacts(), kContactsOfNumber, key, contact_id);
            pop.set_number_contacts_in_24_hours(
                transaction.exec_params(kCountOfNumber, key, ToUnixMillis(now) - kDay, contact_id)[0][0]
                    .as<uint32_t>());
        }
        return pop;
    });
}

Result<v1::RoutingFacts> PostgresHistory::Routing(const std::string& number) {
    const std::string hash = keeper_.Hash(number);
    if (hash.empty()) {
        return v1::RoutingFacts{};
    }
    return pool_.Run([&](pqxx::work& transaction) {
        v1::RoutingFacts facts;
        const auto owners = OwnersOf(transaction, hash);
        pqxx::result last;
        if (owners.size() == 1) {
            const Customer customer = LoadCustomer(transaction, owners[0]);
            facts.set_customer_id(customer.id.str());
            facts.set_vip_level(static_cast<uint32_t>(customer.profile.vip_level));
            facts.set_manager_agent_id(customer.profile.manager.str());
            facts.set_language(customer.profile.language);
            *facts.mutable_tags() = {customer.profile.tags.begin(), customer.profile.tags.end()};
            last = transaction.exec_params(kLastAgent, ToArray(Family(transaction, owners[0])));
        } else {
            last = transaction.exec_params(kLastAgentOfNumber, pqxx::binarystring(hash));
        }
        if (!last.empty()) {
            facts.set_last_agent_id(last[0][0].as<std::string>());
            *facts.mutable_last_contact_time() = ToTimestamp(FromUnixMillis(last[0][1].as<int64_t>()));
        }
        return facts;
    });
}

Result<v1::ListTimelineResponse> PostgresHistory::Timeline(const std::string& customer_id, int limit,
                                                           const std::string& after) {
    return pool_.Run([&](pqxx::work& transaction) {
        int64_t before = kEndOfTime;
        std::string before_id;
        if (const size_t slash = after.find('/');
            slash != std::string::npos && slash > 0 && slash < 19 && after.find_first_not_of("0123456789") == slash) {
            before = std::stoll(after);
            before_id = after.substr(slash + 1);
        } else if (!after.empty()) {
            throw db::Rollback{{Code::kInvalidArgument, "BAD_PAGE_TOKEN", "this page token was not given here"}};
        }
        v1::ListTimelineResponse response;
        const auto family = ToArray(Family(transaction, customer_id));
        for (const auto& row : transaction.exec_params(kTimeline, family, before, before_id, limit)) {
            FromJson(row["detail"].as<std::string>(), *response.add_entries());
            response.set_next_page_token(row["at"].as<std::string>() + "/" + row["entry_id"].as<std::string>());
        }
        if (response.entries_size() < limit) {
            response.clear_next_page_token();
        }
        return response;
    });
}

Result<v1::TimelineEntry> PostgresHistory::AddNote(const Stamp& stamp, const std::string& customer_id,
                                                   const std::string& note_id, const std::string& text) {
    return pool_.Run([&](pqxx::work& transaction) {
        LockCustomer(transaction, customer_id);
        std::string subject = note_id;
        v1::TimelineEntry entry;
        entry.set_kind(v1::NOTE);
        entry.set_text(text);
        entry.set_actor(stamp.actor);
        *entry.mutable_time() = ToTimestamp(stamp.now);
        if (Claim(transaction, stamp.request_id, subject)) {
            transaction.exec_params(kAddNote, note_id, customer_id, ToUnixMillis(stamp.now), ToJson(entry));
        }
        return entry;
    });
}

Result<Customer> PostgresHistory::Confirm(const Stamp& stamp, const v1::ConfirmCallerRequest& request,
                                          IdGenerator& ids) {
    auto confirmed = pool_.Run([&](pqxx::work& transaction) {
        Customer customer = LockCustomer(transaction, request.customer_id());
        transaction.exec_params(kConfirm, request.contact_id(), request.customer_id());
        const auto rows = transaction.exec_params(kEntryOf, request.contact_id());
        std::optional<KeptNumber> number;
        if (auto kept = keeper_.Keep(request.number(), ""); kept.ok()) {
            number = std::move(*kept);
        } else if (!rows.empty() && !rows[0]["number_hash"].is_null()) {
            v1::PhoneNumber shown;
            FromJson(rows[0]["number"].as<std::string>(), shown);
            number = KeptNumber{Bytes(rows[0]["number_hash"]), Bytes(rows[0]["number_sealed"]), {}};
            number->shown = {"", shown.masked(), shown.kind(), "", shown.region(), shown.mobile(), false};
        }
        if (request.remember_number() && number) {
            number->shown.number_id = ids.New();
            number->shown.primary = customer.numbers.empty();
            InsertNumber(transaction, request.customer_id(), *number);
            customer = LoadCustomer(transaction, request.customer_id());
        }
        v1::CallerConfirmed event;
        event.set_contact_id(request.contact_id());
        event.set_customer_id(request.customer_id());
        event.set_actor(stamp.actor);
        bus::Append(transaction, {bus::MakeEvent(event, request.customer_id(),
                                                 request.contact_id() + "/" + request.customer_id(), stamp.now)});
        return customer;
    });
    committed_();
    return confirmed;
}

}  // namespace trunkline::customer

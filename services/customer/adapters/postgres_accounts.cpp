// SQL of accounts.
#include "customer/adapters/postgres_accounts.hpp"

#include "customer/adapters/customer_codec.hpp"
#include "customer/adapters/postgres_rows.hpp"
#include "trunkline/customer/v1/events.pb.h"

namespace trunkline::customer {
namespace {

constexpr const char* kSelect =
    "SELECT account_id, customer_id, card_number, unit, balance, lines, closed,"
    " round(extract(epoch FROM open_time) * 1000)::bigint AS opened FROM account ";
constexpr const char* kByKey =
    "WHERE account_id = (CASE WHEN $1 ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' THEN $1 END)::uuid"
    " OR (card_number = $1 AND card_number <> '')";
constexpr const char* kByFamily = "WHERE customer_id = ANY($1::uuid[]) ORDER BY open_time, account_id";
constexpr const char* kLots =
    "SELECT line, remaining, round(extract(epoch FROM expire_time) * 1000)::bigint AS expires FROM lot"
    " WHERE account_id = $1 ORDER BY line";
constexpr const char* kNextCard = "SELECT nextval('card_number')::text";
constexpr const char* kOpen =
    "INSERT INTO account (account_id, customer_id, card_number, unit, open_time)"
    " VALUES ($1, $2, $3, $4, to_timestamp($5::bigint / 1000.0))";
constexpr const char* kClose = "UPDATE account SET closed = true WHERE account_id = $1";
constexpr const char* kSave = "UPDATE account SET balance = $2, lines = $3 WHERE account_id = $1";
constexpr const char* kDeleteLots = "DELETE FROM lot WHERE account_id = $1";
constexpr const char* kInsertLot =
    "INSERT INTO lot (account_id, line, remaining, expire_time) VALUES ($1, $2, $3, to_timestamp($4::bigint / 1000.0))";
constexpr const char* kMovement =
    "INSERT INTO movement (movement_id, kind, time, reason, reference, actor)"
    " VALUES ($1, $2, to_timestamp($3::bigint / 1000.0), $4, $5, $6)";
constexpr const char* kPosting =
    "INSERT INTO posting (movement_id, account_id, line, amount, balance) VALUES ($1, $2, $3, $4, $5)";
constexpr const char* kHousePosting = "INSERT INTO posting (movement_id, house, amount) VALUES ($1, $2, $3)";
constexpr const char* kLines =
    "SELECT line, kind, amount, balance, round(extract(epoch FROM time) * 1000)::bigint AS at, reason, reference, actor"
    " FROM posting JOIN movement USING (movement_id) WHERE account_id = $1 AND ($2 = 0 OR line < $2)";
constexpr const char* kNewest = " ORDER BY line DESC LIMIT $3";
constexpr const char* kLineOf = " AND line = $3";
constexpr const char* kDue =
    "SELECT DISTINCT account_id FROM (SELECT account_id FROM lot WHERE expire_time <= to_timestamp($1::bigint / 1000.0)"
    " ORDER BY expire_time LIMIT $2) AS due";

Account ReadAccount(pqxx::work& transaction, const pqxx::row& row) {
    Account account;
    account.id = row["account_id"].as<std::string>();
    account.customer = CustomerId{row["customer_id"].as<std::string>("")};
    account.card_number = row["card_number"].as<std::string>();
    account.unit = row["unit"].as<int>();
    account.closed = row["closed"].as<bool>();
    account.opened = FromUnixMillis(row["opened"].as<int64_t>());
    account.purse.balance = row["balance"].as<int64_t>();
    account.purse.lines = row["lines"].as<int64_t>();
    for (const auto& lot : transaction.exec_params(kLots, account.id)) {
        Lot one{lot["line"].as<int64_t>(), lot["remaining"].as<int64_t>(), {}};
        if (!lot["expires"].is_null()) {
            one.expires = FromUnixMillis(lot["expires"].as<int64_t>());
        }
        account.purse.lots.push_back(one);
    }
    return account;
}

Account Load(pqxx::work& transaction, const std::string& key, bool lock) {
    const auto rows = transaction.exec_params(std::string(kSelect) + kByKey + (lock ? " FOR UPDATE" : ""), key);
    if (rows.empty()) {
        throw db::Rollback{{Code::kNotFound, "ACCOUNT_NOT_FOUND", "there is no account or card " + key.substr(0, 40)}};
    }
    return ReadAccount(transaction, rows[0]);
}

void SavePurse(pqxx::work& transaction, const Account& account) {
    transaction.exec_params(kSave, account.id, account.purse.balance, account.purse.lines);
    transaction.exec_params(kDeleteLots, account.id);
    for (const Lot& lot : account.purse.lots) {
        std::optional<int64_t> expires;
        if (lot.expires) {
            expires = ToUnixMillis(*lot.expires);
        }
        transaction.exec_params(kInsertLot, account.id, lot.line, lot.remaining, expires);
    }
}

StatementLine ReadLine(const pqxx::row& row) {
    return {{row["line"].as<int64_t>(), static_cast<PostingKind>(row["kind"].as<int>()), row["amount"].as<int64_t>(),
             row["balance"].as<int64_t>()},
            FromUnixMillis(row["at"].as<int64_t>()),
            row["reason"].as<std::string>(),
            row["reference"].as<std::string>(),
            row["actor"].as<std::string>()};
}

std::string House(int unit, PostingKind kind) {
    static const std::map<PostingKind, std::string> names{{PostingKind::kEarn, "issued"},
                                                          {PostingKind::kRedeem, "redeemed"},
                                                          {PostingKind::kExpire, "expired"},
                                                          {PostingKind::kCorrect, "corrected"}};
    return (unit == 1 ? "points." : "money.") + names.at(kind);
}

// "account/line": what a request id for a posting is kept with.
std::string Subject(const Account& account, int64_t line) { return account.id + "/" + std::to_string(line); }

}  // namespace

std::vector<Account> AccountsOf(pqxx::work& transaction, const std::string& customer_id) {
    std::vector<Account> accounts;
    const auto rows =
        transaction.exec_params(std::string(kSelect) + kByFamily, ToArray(Family(transaction, customer_id)));
    for (const auto& row : rows) {
        accounts.push_back(ReadAccount(transaction, row));
    }
    return accounts;
}

void PostgresAccountStore::Write(pqxx::work& transaction, const Account& account, const Line& line,
                                 const StatementLine& texts, const Stamp& stamp) {
    const std::string id = ids_.New();
    transaction.exec_params(kMovement, id, static_cast<int>(line.kind), ToUnixMillis(stamp.now), texts.reason,
                            texts.reference, stamp.actor);
    transaction.exec_params(kPosting, id, account.id, line.number, line.amount, line.balance);
    transaction.exec_params(kHousePosting, id, House(account.unit, line.kind), -line.amount);
    bus::Append(transaction, {Posted(account, line, stamp)});
}

Result<Account> PostgresAccountStore::Open(const Stamp& stamp, const Account& wanted) {
    auto opened = pool_.Run([&](pqxx::work& transaction) {
        std::string subject = wanted.id;
        if (!Claim(transaction, stamp.request_id, subject)) {
            return Load(transaction, subject, false);
        }
        LockCustomer(transaction, wanted.customer.str());
        const std::string card = wanted.card_number.empty() ? transaction.exec_params(kNextCard)[0][0].as<std::string>()
                                                            : wanted.card_number;
        transaction.exec_params(kOpen, wanted.id, wanted.customer.str(), card, wanted.unit, ToUnixMillis(stamp.now));
        v1::AccountOpened event;
        event.set_account_id(wanted.id);
        event.set_customer_id(wanted.customer.str());
        event.set_unit(static_cast<v1::Unit>(wanted.unit));
        event.set_actor(stamp.actor);
        bus::Append(transaction, {bus::MakeEvent(event, wanted.customer.str(), wanted.id, stamp.now)});
        return Load(transaction, wanted.id, false);
    });
    if (!opened.ok() && opened.error().code == Code::kAlreadyExists) {
        return Error{Code::kAlreadyExists, "CARD_IN_USE", "the card " + wanted.card_number + " has an account already"};
    }
    committed_();
    return opened;
}

Result<Account> PostgresAccountStore::Close(const Stamp& stamp, const std::string& account_id) {
    return pool_.Run([&](pqxx::work& transaction) {
        Account account = Load(transaction, account_id, true);
        if (account.purse.balance != 0) {
            throw db::Rollback{
                {Code::kFailedPrecondition, "BALANCE_NOT_ZERO",
                 "the balance is " + std::to_string(account.purse.balance) + "; redeem or correct it to 0 first"}};
        }
        transaction.exec_params(kClose, account.id);
        Audit(transaction, stamp, "close account", account.id, "");
        account.closed = true;
        return account;
    });
}

Result<PostedLine> PostgresAccountStore::Post(const Stamp& stamp, const std::string& account_id, const Wish& wish,
                                              const StatementLine& texts) {
    auto posted = pool_.Run([&](pqxx::work& transaction) {
        Account account = Load(transaction, account_id, true);
        std::string subject = Subject(account, 0);
        if (!Claim(transaction, stamp.request_id, subject)) {
            const size_t slash = subject.find('/');
            const Account then = Load(transaction, subject.substr(0, slash), false);
            const auto rows = transaction.exec_params(std::string(kLines) + kLineOf, then.id, 0,
                                                      slash == std::string::npos ? "0" : subject.substr(slash + 1));
            if (rows.empty()) {
                throw db::Rollback{{Code::kInvalidArgument, "REQUEST_ID_USED",
                                    "this request_id was used for something that is no posting"}};
            }
            return PostedLine{then, ReadLine(rows[0])};
        }
        if (account.closed) {
            throw db::Rollback{{Code::kFailedPrecondition, "ACCOUNT_CLOSED", "this account is closed"}};
        }
        if (const auto expired = Expire(account.purse, stamp.now)) {
            Write(transaction, account, *expired, {{}, {}, "expired", "", ""}, {"", "system", stamp.now});
        }
        const auto line = Apply(account.purse, wish, stamp.now);
        if (!line.ok()) {
            throw db::Rollback{line.error()};
        }
        Write(transaction, account, *line, texts, stamp);
        SavePurse(transaction, account);
        transaction.exec_params("UPDATE request SET subject = $2 WHERE request_id = $1", stamp.request_id,
                                Subject(account, line->number));
        return PostedLine{account, {*line, stamp.now, texts.reason, texts.reference, stamp.actor}};
    });
    committed_();
    return posted;
}

Result<Account> PostgresAccountStore::Find(const std::string& account_id) {
    return pool_.Run([&](pqxx::work& transaction) { return Load(transaction, account_id, false); });
}

Result<std::vector<Account>> PostgresAccountStore::Of(const CustomerId& customer) {
    return pool_.Run([&](pqxx::work& transaction) { return AccountsOf(transaction, customer.str()); });
}

Result<std::vector<Account>> PostgresAccountStore::OfNumber(const std::string& number_hash) {
    return pool_.Run([&](pqxx::work& transaction) {
        std::vector<Account> accounts;
        for (const std::string& owner : OwnersOf(transaction, number_hash)) {
            for (Account& account : AccountsOf(transaction, owner)) {
                accounts.push_back(std::move(account));
            }
        }
        return accounts;
    });
}

Result<Statement> PostgresAccountStore::Lines(const std::string& account_id, int limit, int64_t before) {
    return pool_.Run([&](pqxx::work& transaction) {
        Statement statement{Load(transaction, account_id, false), {}, 0};
        const auto rows = transaction.exec_params(std::string(kLines) + kNewest, statement.account.id, before, limit);
        for (const auto& row : rows) {
            statement.lines.push_back(ReadLine(row));
        }
        if (static_cast<int>(statement.lines.size()) == limit) {
            statement.next = statement.lines.back().line.number;
        }
        return statement;
    });
}

Result<int> PostgresAccountStore::ExpireDue(TimePoint now, int limit) {
    auto due = pool_.Run([&](pqxx::work& transaction) {
        std::vector<std::string> ids;
        for (const auto& row : transaction.exec_params(kDue, ToUnixMillis(now), limit)) {
            ids.push_back(row[0].as<std::string>());
        }
        return ids;
    });
    if (!due.ok()) {
        return due.error();
    }
    for (const std::string& id : *due) {
        const Status done = pool_.Run([&](pqxx::work& transaction) {
            Account account = Load(transaction, id, true);
            if (const auto expired = Expire(account.purse, now)) {
                Write(transaction, account, *expired, {{}, {}, "expired", "", ""}, {"", "system", now});
                SavePurse(transaction, account);
            }
        });
        if (!done.ok()) {
            return done.error();
        }
    }
    if (!due->empty()) {
        committed_();
    }
    return static_cast<int>(due->size());
}

}  // namespace trunkline::customer

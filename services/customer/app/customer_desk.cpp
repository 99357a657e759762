// Checks first, then the store.
#include "customer/app/customer_desk.hpp"

#include <algorithm>
#include <set>

#include "customer/domain/statement_text.hpp"

namespace trunkline::customer {
namespace {

constexpr size_t kNumbers = 20;
constexpr size_t kPart = 1024 * 1024;
constexpr int kPage = 200;
constexpr size_t kReadAccounts = 3;

ToldAccount Told(const Account& account, const Statement& statement) {
    ToldAccount told{account.card_number, account.unit == 2, account.purse.balance, {}, {}};
    for (const Lot& lot : account.purse.lots) {
        if (lot.expires && (!told.expiring || *lot.expires < *told.expiring->expires)) {
            told.expiring = lot;
        }
    }
    for (const StatementLine& line : statement.lines) {
        told.lines.push_back({line.line, line.time});
    }
    return told;
}

Status CheckRequestId(const std::string& request_id) {
    if (request_id.empty() || request_id.size() > 100) {
        return Error{Code::kInvalidArgument, "REQUEST_ID_MISSING",
                     "request_id must be given (up to 100 bytes), so that a retry does nothing twice"};
    }
    return {};
}

Status CheckReason(const std::string& reason) {
    if (reason.find_first_not_of(" \t\r\n") == std::string::npos || reason.size() > 400) {
        return Error{Code::kInvalidArgument, "REASON_MISSING", "a reason must be given (up to 400 bytes); it is kept"};
    }
    return {};
}

}  // namespace

Result<Customer> CustomerDesk::Create(const std::string& actor, const std::string& request_id, Profile profile,
                                      const std::vector<WrittenNumber>& numbers) {
    for (const Status& sound : {CheckRequestId(request_id), CheckProfile(profile)}) {
        if (!sound.ok()) {
            return sound.error();
        }
    }
    if (numbers.size() > kNumbers) {
        return Error{Code::kInvalidArgument, "TOO_MANY", "a customer may have 20 numbers"};
    }
    std::vector<KeptNumber> kept;
    std::set<std::string> seen;
    for (const WrittenNumber& written : numbers) {
        auto number = tools_.keeper.Keep(written.number, written.label);
        if (!number.ok()) {
            return number.error();
        }
        if (seen.insert(number->hash).second) {
            number->shown.number_id = tools_.ids.New();
            number->shown.primary = kept.empty();
            kept.push_back(std::move(*number));
        }
    }
    Customer customer;
    customer.id = CustomerId{tools_.ids.New()};
    customer.profile = std::move(profile);
    customer.created = customer.updated = tools_.clock.Now();
    customer.revision = 1;
    return store_.Create({request_id, actor, customer.created}, customer, kept);
}

Result<Customer> CustomerDesk::Update(const std::string& actor, const std::string& request_id, const Customer& wanted) {
    for (const Status& sound : {CheckRequestId(request_id), CheckProfile(wanted.profile)}) {
        if (!sound.ok()) {
            return sound.error();
        }
    }
    return store_.Update({request_id, actor, tools_.clock.Now()}, wanted.id,
                         [&](const Customer& now) -> Result<Profile> {
                             if (wanted.revision != 0 && wanted.revision != now.revision) {
                                 return Error{Code::kAborted, "CUSTOMER_CHANGED",
                                              "somebody changed this customer meanwhile; read it again"};
                             }
                             return wanted.profile;
                         });
}

Result<CustomerPage> CustomerDesk::Search(SearchQuery query) {
    if (query.text.size() > 100 || query.tag.size() > 100) {
        return Error{Code::kInvalidArgument, "FIELD_TOO_LONG", "a search may have 100 bytes"};
    }
    query.limit = query.limit <= 0 ? 50 : std::min(query.limit, kPage);
    if (query.text.find_first_of("0123456789") != std::string::npos) {
        query.number_hash = tools_.keeper.Hash(query.text);
    }
    return store_.Search(query);
}

Result<Customer> CustomerDesk::AddNumber(const std::string& actor, const std::string& request_id, const CustomerId& id,
                                         const WrittenNumber& number, bool primary) {
    if (Status sound = CheckRequestId(request_id); !sound.ok()) {
        return sound.error();
    }
    auto kept = tools_.keeper.Keep(number.number, number.label);
    if (!kept.ok()) {
        return kept.error();
    }
    kept->shown.number_id = tools_.ids.New();
    kept->shown.primary = primary;
    return store_.AddNumber({request_id, actor, tools_.clock.Now()}, id, *kept);
}

Result<Customer> CustomerDesk::RemoveNumber(const std::string& actor, const std::string& request_id,
                                            const CustomerId& id, const std::string& number_id) {
    if (Status sound = CheckRequestId(request_id); !sound.ok()) {
        return sound.error();
    }
    return store_.RemoveNumber({request_id, actor, tools_.clock.Now()}, id, number_id);
}

Result<std::pair<ShownNumber, std::string>> CustomerDesk::Reveal(const std::string& actor, const CustomerId& id,
                                                                 const std::string& number_id,
                                                                 const std::string& reason) {
    if (Status sound = CheckReason(reason); !sound.ok()) {
        return sound.error();
    }
    const auto kept = store_.Reveal({"", actor, tools_.clock.Now()}, id, number_id, reason);
    if (!kept.ok()) {
        return kept.error();
    }
    auto clear = tools_.keeper.Clear(kept->sealed);
    if (!clear.ok()) {
        return clear.error();
    }
    return std::pair{kept->shown, std::move(*clear)};
}

Result<Customer> CustomerDesk::Merge(const std::string& actor, const std::string& request_id, const CustomerId& keep,
                                     const CustomerId& gone, const std::string& reason) {
    for (const Status& sound : {CheckRequestId(request_id), CheckReason(reason)}) {
        if (!sound.ok()) {
            return sound.error();
        }
    }
    if (keep == gone) {
        return Error{Code::kInvalidArgument, "SAME_CUSTOMER", "a customer cannot be merged with himself"};
    }
    return merges_.Merge({request_id, actor, tools_.clock.Now()}, keep, gone, reason);
}

Result<Customer> CustomerDesk::UndoMerge(const std::string& actor, const std::string& request_id,
                                         const CustomerId& gone, const std::string& reason) {
    for (const Status& sound : {CheckRequestId(request_id), CheckReason(reason)}) {
        if (!sound.ok()) {
            return sound.error();
        }
    }
    return merges_.Undo({request_id, actor, tools_.clock.Now()}, gone, reason);
}

Result<Account> AccountDesk::Open(const std::string& actor, const std::string& request_id, Account account) {
    if (Status sound = CheckRequestId(request_id); !sound.ok()) {
        return sound.error();
    }
    if (account.unit != 1 && account.unit != 2) {
        return Error{Code::kInvalidArgument, "BAD_FIELD", "unit must be POINTS or MONEY"};
    }
    if (account.card_number.size() > 40) {
        return Error{Code::kInvalidArgument, "FIELD_TOO_LONG", "a card number may have 40 bytes"};
    }
    account.id = tools_.ids.New();
    account.opened = tools_.clock.Now();
    return store_.Open({request_id, actor, account.opened}, account);
}

Result<Account> AccountDesk::Close(const std::string& actor, const std::string& request_id,
                                   const std::string& account_id) {
    if (Status sound = CheckRequestId(request_id); !sound.ok()) {
        return sound.error();
    }
    return store_.Close({request_id, actor, tools_.clock.Now()}, account_id);
}

Result<PostedLine> AccountDesk::Post(const std::string& actor, const std::string& request_id,
                                     const std::string& account_id, const Wish& wish, const StatementLine& texts) {
    for (const Status& sound : {CheckRequestId(request_id), CheckReason(texts.reason)}) {
        if (!sound.ok()) {
            return sound.error();
        }
    }
    if (texts.reference.size() > 100) {
        return Error{Code::kInvalidArgument, "FIELD_TOO_LONG", "a reference may have 100 bytes"};
    }
    return store_.Post({request_id, actor, tools_.clock.Now()}, account_id, wish, texts);
}

Result<std::pair<std::string, int>> AccountDesk::Read(const std::string& number, const std::string& card,
                                                      const std::string& language, int movements) {
    const std::string hash = tools_.keeper.Hash(number);
    if (hash.empty()) {
        return Error{Code::kInvalidArgument, "NUMBER_MISSING", "the number that asks must be known"};
    }
    auto accounts = store_.OfNumber(hash);
    if (!accounts.ok()) {
        return accounts.error();
    }
    std::erase_if(*accounts, [&](const Account& account) {
        return account.closed || (!card.empty() && account.card_number != card);
    });
    if (accounts->empty()) {
        return Error{Code::kNotFound, "ACCOUNT_NOT_FOUND", "no such card belongs to this number"};
    }
    accounts->resize(std::min(accounts->size(), kReadAccounts));
    std::string text;
    for (Account& account : *accounts) {
        const auto statement = store_.Lines(account.id, movements, 0);
        if (!statement.ok()) {
            return statement.error();
        }
        Expire(account.purse, tools_.clock.Now());
        text += TellAccount(Told(account, *statement), language.starts_with("en"));
    }
    return std::pair{text, static_cast<int>(accounts->size())};
}

Result<ImportState> ImportDesk::Start(const std::string& actor, const std::string& request_id, const std::string& name,
                                      bool dry_run) {
    if (Status sound = CheckRequestId(request_id); !sound.ok()) {
        return sound.error();
    }
    ImportState import;
    import.id = tools_.ids.New();
    import.name = name.substr(0, 200);
    import.dry_run = dry_run;
    import.lines = 1;
    return store_.Start({request_id, actor, tools_.clock.Now()}, import);
}

Result<ImportState> ImportDesk::Add(const std::string& actor, const std::string& import_id, uint64_t offset,
                                    const std::string& data, bool last) {
    if (data.size() > kPart) {
        return Error{Code::kInvalidArgument, "PART_TOO_LARGE", "a part of an import may have 1 MiB"};
    }
    return store_.Advance({"", actor, tools_.clock.Now()}, import_id,
                          [&](ImportState& state) -> Result<ImportStore::Part> {
                              if (state.finished) {
                                  return Error{Code::kFailedPrecondition, "IMPORT_FINISHED",
                                               "this import is finished; start another one"};
                              }
                              if (state.taken != offset) {
                                  return Error{Code::kAborted, "IMPORT_OFFSET",
                                               "the next part must begin at byte " + std::to_string(state.taken)};
                              }
                              return Advance(state, data, last);
                          });
}

Result<ImportStore::Part> ImportDesk::Advance(ImportState& state, const std::string& data, bool last) const {
    CsvReader reader(state.rest, state.lines);
    ImportStore::Part part;
    for (const CsvRecord& record : reader.Feed(data, last)) {
        if (state.columns.empty()) {
            auto columns = ImportColumns(record);
            if (!columns.ok()) {
                return columns.error();
            }
            state.columns = std::move(*columns);
            continue;
        }
        const size_t faults = part.faults.size();
        ReadyRow ready{ReadImportRow(state.columns, record, part.faults), {}};
        for (const std::string& written : ready.row.numbers) {
            auto kept = tools_.keeper.Keep(written, ready.row.label);
            if (!kept.ok()) {
                part.faults.push_back({record.line, "number", kept.error().reason, kept.error().message});
                continue;
            }
            kept->shown.number_id = tools_.ids.New();
            kept->shown.primary = ready.numbers.empty();
            ready.numbers.push_back(std::move(*kept));
        }
        if (part.faults.size() == faults) {
            part.rows.push_back(std::move(ready));
        } else {
            ++state.refused;
        }
    }
    state.taken += data.size();
    state.rest = reader.rest();
    state.lines = reader.line();
    state.finished = last;
    return part;
}

Result<ErasureProof> ErasureDesk::Erase(const std::string& actor, const std::string& request_id, const CustomerId& id,
                                        const std::string& ground) {
    for (const Status& sound : {CheckRequestId(request_id), CheckReason(ground)}) {
        if (!sound.ok()) {
            return sound.error();
        }
    }
    return store_.Erase({request_id, actor, tools_.clock.Now()}, id, ground,
                        [&](const ErasureProof& proof) { return tools_.keeper.Sign(proof); });
}

std::string ErasureProof::Text() const {
    std::string text = customer.str() + "\n" + std::to_string(ToUnixMillis(time)) + "\n" + actor + "\n" + ground;
    for (const auto& [table, rows] : removed) {
        text += "\n" + table + "=" + std::to_string(rows);
    }
    return text;
}

}  // namespace trunkline::customer

// Commands of customers and their accounts.
#include "commands.hpp"

namespace trunkline::tlctl {
namespace {

using Strings = std::vector<std::string>;

const Strings kCustomer{"customer_id", "name", "salutation", "vip_level", "manager_agent_id", "language", "tags"};
const Strings kAccount{"account_id", "card_number", "unit", "balance", "state", "expiring", "expire_time"};
const Argument kId{"CUSTOMER", "customer_id", "id of the customer"};
const Argument kAccountId{"ACCOUNT", "account_id", "id of the account, or its card number"};

Command Of(const std::string& verb, const std::string& help, const std::string& method,
           std::vector<Argument> arguments) {
    return {"customer",           verb, help,     "customer", "trunkline.customer.v1.Customers/" + method,
            std::move(arguments), "",   kCustomer};
}

Command Card(const std::string& verb, const std::string& help, const std::string& method,
             std::vector<Argument> arguments) {
    return {"account", verb,    help, "customer", "trunkline.customer.v1.Memberships/" + method, std::move(arguments),
            "",        kAccount};
}

Command Table(Command command, const std::string& rows, const Strings& columns) {
    command.rows = rows;
    command.columns = columns;
    return command;
}

std::vector<Command> Posting(const std::string& verb, const std::string& help, const std::string& method) {
    return {Table(Card(verb, help, method,
                       {kAccountId,
                        {"AMOUNT", "amount", "points, or hundredths of the currency"},
                        {"REASON", "reason", "why; it is on the statement"},
                        {"reference", "reference", "of a ticket, an order", false}}),
                  "", {"line", "account"})};
}

}  // namespace

const std::vector<Command>& CustomerCommands() {
    static const std::vector<Command> all = [] {
        std::vector<Command> commands{
            Table(Of("pop", "What an agent sees when this number calls", "GetScreenPop",
                     {{"NUMBER", "number", "as it was received"}}),
                  "cards", {"customer", "contacts_in_24_hours", "last_contacts", "open_orders"}),
            Table(Of("routing", "What routing knows of this number", "LookUpForRouting",
                     {{"NUMBER", "number", "as it was received"}}),
                  "", {"customer_id", "vip_level", "manager_agent_id", "last_agent_id", "language"}),
            Of("create", "Add a customer", "CreateCustomer",
               {{"JSON", "*", R"({"customer":{"name":"..."},"numbers":[{"number":"138..."}]} or @FILE)"}}),
            Of("update", "Replace a record, but for its numbers", "UpdateCustomer",
               {{"JSON", "customer", R"({"customer_id":"...","name":"...","vip_level":3} or @FILE)"}}),
            Of("get", "One customer", "GetCustomer", {kId}),
            Table(Of("search", "By number, name, pinyin, card, tag", "SearchCustomers",
                     {{"text", "text", "number, name, pinyin, first letters or card", false},
                      {"tag", "tag", "only with this tag", false}}),
                  "customers", kCustomer),
            Of("number", "Add a number", "AddNumber",
               {kId, {"JSON", "number", R"({"number":"13800138000","label":"mobile"})"}}),
            Table(Of("reveal", "A number in clear; audited", "RevealNumber",
                     {kId, {"NUMBER", "number_id", "id of the number"}, {"REASON", "reason", "why; it is kept"}}),
                  "", {"clear", "label", "region"}),
            Table(Of("timeline", "Contacts, orders and notes, newest first", "ListTimeline", {kId}), "entries",
                  {"time", "kind", "contact_id", "queue_id", "agent_ids", "outcome", "order_number", "order_state",
                   "text"}),
            Of("merge", "Make two records one", "MergeCustomers",
               {{"KEEP", "keep_customer_id", "the record that stays"},
                {"GONE", "gone_customer_id", "the record that becomes part of it"},
                {"REASON", "reason", "why; it is kept"}}),
            Of("unmerge", "Take a merged record apart again", "UndoMerge", {kId, {"REASON", "reason", "why"}}),
            Table(Of("duplicates", "Records that may be the same person", "ListDuplicates",
                     {{"customer", "customer_id", "only of this customer", false}}),
                  "duplicates", {"reason", "first", "second"}),
            Table(Of("erase", "Delete a person for good; leaves a proof", "EraseCustomer",
                     {kId, {"GROUND", "ground", "who asked for it, and how"}}),
                  "", {"customer_id", "time", "removed", "signature", "verified"}),
            Table(Of("proof", "That a person was erased", "GetErasureProof", {kId}), "",
                  {"customer_id", "time", "removed", "signature", "verified"}),
            Card("open", "Open a membership account", "OpenAccount",
                 {kId, {"UNIT", "unit", "POINTS or MONEY"}, {"card", "card_number", "default: one is given", false}}),
            Card("get", "One account", "GetAccount", {kAccountId}),
            Table(Card("list", "Accounts of a customer", "ListAccounts", {kId}), "accounts", kAccount),
            Table(Card("statement", "What moved, newest first", "GetStatement", {kAccountId}), "lines",
                  {"number", "time", "kind", "amount", "balance", "reason", "reference", "actor"}),
        };
        for (const auto& more : {Posting("earn", "Put on an account", "Earn"), Posting("redeem", "Spend", "Redeem"),
                                 Posting("correct", "Put right, up or down", "Correct")}) {
            commands.insert(commands.end(), more.begin(), more.end());
        }
        return commands;
    }();
    return all;
}

}  // namespace trunkline::tlctl

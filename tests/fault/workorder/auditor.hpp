// Looks at what the service has left in its tables after it was killed.
#pragma once
#include <pqxx/pqxx>
#include <string>

#include "clerk.hpp"

namespace trunkline::workorder {

class Auditor {
 public:
    explicit Auditor(const std::string& url);

    // Prints what is wrong; true when nothing is.
    bool All(const Ledger& ledger);
    int Count(const std::string& table);

 private:
    bool Nothing(const char* what, const std::string& query);
    // As many log entries as were acknowledged, and few more: what was under way at the end, or gathered twice.
    bool Holds(const Ledger& ledger);

    pqxx::connection connection_;
    pqxx::nontransaction read_;
};

}  // namespace trunkline::workorder

// Statements that run often are parsed and planned once for each connection.
#pragma once
#include <cstdint>
#include <pqxx/pqxx>
#include <string>

namespace trunkline::db {

// Runs a statement that is a constant of the program; its address is its name. PostgreSQL may plan it once for all
// parameters, so it is for statements whose best plan does not depend on them.
template <class... Arguments>
pqxx::result ExecPrepared(pqxx::transaction_base& transaction, const char* statement, Arguments&&... arguments) {
    const std::string name = "s" + std::to_string(reinterpret_cast<uintptr_t>(statement));
    // Known names are only looked up; the server hears of it at the first use.
    transaction.conn().prepare(name, statement);
    return transaction.exec_prepared(name, std::forward<Arguments>(arguments)...);
}

}  // namespace trunkline::db

// One transaction, four sets of records.
#include "identity/adapters/postgres_store.hpp"

namespace trunkline::identity {

Status PostgresStore::Run(const std::function<Status(Records&)>& work) {
    const Status done = pool_.Run([&](pqxx::work& transaction) {
        PostgresUsers users{transaction, vault_};
        PostgresOrganisation organisation{transaction};
        PostgresSessions sessions{transaction};
        PostgresJournal journal{transaction};
        Records records{users, organisation, sessions, journal};
        if (Status status = work(records); !status.ok()) {
            throw db::Rollback{status.error()};
        }
    });
    if (done.ok()) {
        committed_();
    }
    return done;
}

}  // namespace trunkline::identity

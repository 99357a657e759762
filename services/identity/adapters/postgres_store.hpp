// Identity's records in PostgreSQL, one transaction for each use case.
#pragma once
#include <pqxx/pqxx>

#include "bus/outbox.hpp"
#include "db/pool.hpp"
#include "identity/adapters/totp_vault.hpp"
#include "identity/app/ports.hpp"

namespace trunkline::identity {

class PostgresStore final : public Store {
 public:
    // `committed` is called after each transaction (the publisher's doorbell).
    PostgresStore(db::Pool& pool, const TotpVault& vault, std::function<void()> committed)
        : pool_(pool), vault_(vault), committed_(std::move(committed)) {}
    Status Run(const std::function<Status(Records&)>& work) override;

 private:
    db::Pool& pool_;
    const TotpVault& vault_;
    std::function<void()> committed_;
};

class PostgresUsers final : public UserRecords {
 public:
    PostgresUsers(pqxx::work& transaction, const TotpVault& vault) : transaction_(transaction), vault_(vault) {}
    std::optional<User> Find(const std::string& id_or_login_name) override;
    void Save(const User& user) override;
    void Delete(const std::string& id) override;
    UserPage List(const UserFilter& filter) override;
    Attempts LoadAttempts(const std::string& login_name) override;
    void SaveAttempts(const std::string& login_name, const std::optional<Attempts>& attempts) override;

 private:
    pqxx::work& transaction_;
    const TotpVault& vault_;
};

class PostgresOrganisation final : public OrganisationRecords {
 public:
    explicit PostgresOrganisation(pqxx::work& transaction) : transaction_(transaction) {}
    Organisation Load() override;
    void SaveUnit(const Unit& unit) override;
    void SaveRole(const Role& role) override;
    bool DeleteUnit(const std::string& id) override;
    bool DeleteRole(const std::string& id) override;

 private:
    pqxx::work& transaction_;
};

class PostgresSessions final : public SessionRecords {
 public:
    explicit PostgresSessions(pqxx::work& transaction) : transaction_(transaction) {}
    void Insert(const Session& session, const std::string& token_hash) override;
    std::optional<Session> FindByHash(const std::string& token_hash) override;
    std::optional<Session> Find(const std::string& id) override;
    void Touch(const std::string& id, TimePoint seen) override;
    void Delete(const std::string& id) override;
    std::vector<Session> List(const std::string& user) override;
    void DeleteDead(TimePoint now, const SessionLimits& limits) override;

 private:
    pqxx::work& transaction_;
};

// The audit log, and the events of the same transaction.
class PostgresJournal final : public Journal {
 public:
    explicit PostgresJournal(pqxx::work& transaction) : transaction_(transaction) {}
    void Audit(const AuditEntry& entry) override;
    std::vector<AuditEntry> List(const AuditFilter& filter) override;
    void UserChanged(const User& user, const std::string& change, TimePoint now) override;
    void RoleChanged(const std::string& role, bool deleted, TimePoint now) override;
    void UnitChanged(const std::string& unit, bool deleted, TimePoint now) override;
    void SessionOpened(const Session& session, const std::string& agent, TimePoint now) override;
    void SessionEnded(const Session& session, const std::string& agent, const std::string& reason,
                      TimePoint now) override;

 private:
    pqxx::work& transaction_;
};

}  // namespace trunkline::identity

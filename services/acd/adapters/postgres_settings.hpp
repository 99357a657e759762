// Agents, queues and statuses in PostgreSQL.
#pragma once
#include "acd/app/ports.hpp"
#include "db/pool.hpp"

namespace trunkline::acd {

class PostgresSettings final : public SettingsStore {
 public:
    explicit PostgresSettings(db::Pool& pool) : pool_(pool) {}

    Result<Settings> Load() override;
    Status SaveAgent(const AgentSettings& agent) override;
    Status DeleteAgent(const AgentId& agent) override;
    Status SaveQueue(const QueueSettings& queue) override;
    Status DeleteQueue(const QueueId& queue) override;
    Status SaveReason(const Reason& reason) override;
    Status DeleteReason(const std::string& word) override;
    Status SaveMedium(const Medium& medium) override;
    Status DeleteMedium(const std::string& word) override;
    Status SaveDoNotCall(const std::string& key) override;
    Status DeleteDoNotCall(const std::string& key) override;

 private:
    db::Pool& pool_;
};

// Part of the transaction that tells the fact; an older status never replaces a newer one. Throws pqxx exceptions.
void SaveStatus(pqxx::work& transaction, const AgentId& agent, const AgentStatus& status);

}  // namespace trunkline::acd
